package dev.nightdesk.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nightdesk.contract.RawRecord;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonRecordsTest {

  private static final Envelope TICKETS =
      new Envelope(List.of("tickets", "ticket"), List.of("tickets"), false);
  private static final Envelope TICKETS_AMONG_OTHERS =
      new Envelope(List.of("tickets"), List.of("tickets"), true);

  private static List<RawRecord> read(Envelope envelope, String text) {
    RawFormat format =
        new RawFormat(
            Map.of("id", List.of("id"), "created_at", List.of("created_at", "createdAt")),
            Set.of(),
            Map.of(),
            ',',
            envelope);
    try {
      List<RawRecord> records = new ArrayList<>();
      new JsonRecords("desk/ticket/dt=2026-01-01/a.json", reader(text), format)
          .forEachRemaining(records::add);
      return records;
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  /** With the smallest buffer there is, so that looking ahead must let it grow. */
  private static BufferedReader reader(String text) {
    return new BufferedReader(new StringReader(text), 1);
  }

  private static List<String> ids(Envelope envelope, String text) {
    return read(envelope, text).stream().map(each -> each.values().get("id")).toList();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"id\":1}\n{\"id\":2}\n",
        "{\"id\":1}\r\n\n  \n{\"id\":2}",
        "[{\"id\":1},{\"id\":2}]",
        "[\n  {\"id\":1},\n  {\"id\":2}\n]\n",
        "{\n  \"id\": 1\n}\n{\n  \"id\": 2\n}\n",
        // Pages: by cursor, by time, by offset, of the new kind, over lines, several a file.
        "{\"tickets\":[{\"id\":1},{\"id\":2}],\"after_url\":\"u\",\"after_cursor\":\"c\",\"end_of_stream\":true}",
        "{\"tickets\":[{\"id\":1},{\"id\":2}],\"count\":2,\"end_time\":1390362485,\"next_page\":\"p\",\"end_of_stream\":true}",
        "{\"tickets\":[{\"id\":1},{\"id\":2}],\"count\":2,\"next_page\":null,\"previous_page\":null}",
        "{\"tickets\":[{\"id\":1},{\"id\":2}],\"meta\":{\"has_more\":false},\"links\":{\"next\":null}}",
        "{\n  \"tickets\": [\n    {\"id\": 1},\n    {\"id\": 2}\n  ],\n  \"next_page\": null\n}\n",
        "{\"tickets\":[{\"id\":1}],\"next_page\":\"p\"}\n"
            + "{\"tickets\":[{\"id\":2}],\"next_page\":null}\n",
        "[{\"tickets\":[{\"id\":1}]},{\"tickets\":[{\"id\":2}]}]",
        "{\"ticket\":{\"id\":1}}\n{\"ticket\":{\"id\":2}}\n",
        // Connectors.
        "{\"stream\":\"tickets\",\"data\":{\"id\":1},\"emitted_at\":1687774207}\n"
            + "{\"stream\":\"tickets\",\"data\":{\"id\":2},\"emitted_at\":2}\n",
        "{\"type\":\"RECORD\",\"record\":{\"stream\":\"tickets\",\"data\":{\"id\":1},\"emitted_at\":1}}\n"
            + "{\"type\":\"STATE\",\"state\":{}}\n"
            + "{\"type\":\"RECORD\",\"record\":{\"stream\":\"tickets\",\"data\":{\"id\":2}}}\n"
            + "{\"type\":\"TRACE\",\"trace\":{}}\n",
        "{\"_airbyte_ab_id\":\"x\",\"_airbyte_emitted_at\":1,\"_airbyte_data\":{\"id\":1}}\n"
            + "{\"_airbyte_data\":{\"id\":2}}\n",
        "{\"type\":\"SCHEMA\",\"stream\":\"tickets\",\"schema\":{},\"key_properties\":[\"id\"]}\n"
            + "{\"type\":\"RECORD\",\"stream\":\"tickets\",\"record\":{\"id\":1}}\n"
            + "{\"type\":\"RECORD\",\"stream\":\"tickets\",\"record\":{\"id\":2},\"time_extracted\":\"2026-01-01T00:00:00Z\"}\n"
            + "{\"type\":\"STATE\",\"value\":{}}\n",
      })
  void theSameRecordsInEveryEnvelope(String text) {
    assertThat(ids(TICKETS, text)).containsExactly("1", "2");
  }

  @Test
  void aRecordThatLooksLikeAMessageIsARecord() {
    assertThat(read(TICKETS, "{\"id\":1,\"type\":\"STATE\",\"data\":{}}\n"))
        .singleElement()
        .satisfies(
            found -> {
              assertThat(found.values()).containsEntry("id", "1");
              assertThat(found.unknown()).containsExactly("type", "data");
            });
  }

  @Test
  void ofSeveralStreamsInAFileOnlyTheOwnOneIsReadAndPositionsCountAll() {
    String text =
        """
        {"stream":"users","data":{"id":9}}
        {"stream":"tickets","data":{"id":1}}
        {"tickets":[{"id":2},{"id":3}],"users":[{"id":8}]}
        """;
    List<RawRecord> records = read(TICKETS_AMONG_OTHERS, text);
    assertThat(records.stream().map(each -> each.values().get("id")))
        .containsExactly("1", "2", "3");
    assertThat(records.stream().map(RawRecord::position)).containsExactly(2L, 3L, 4L);
  }

  @Test
  void aFileOfNothingButOtherStreamsIsRefusedUnlessItIsShared() {
    String text = "{\"stream\":\"zd_tickets\",\"data\":{\"id\":1}}\n";
    assertThatThrownBy(() -> read(TICKETS, text))
        .isInstanceOf(UnreadableDump.class)
        .hasMessageContaining("it holds the streams [zd_tickets] and none of [tickets]")
        .hasMessageContaining("`stream`");
    assertThat(read(TICKETS_AMONG_OTHERS, text)).isEmpty();
  }

  @Test
  void aPageOfAnotherEntityIsRefusedByWhatItHolds() {
    String text = "{\"users\":[{\"id\":1}],\"count\":1,\"next_page\":null}";
    assertThatThrownBy(() -> read(TICKETS, text))
        .isInstanceOf(UnreadableDump.class)
        .hasMessageContaining("holds [users] where [tickets, ticket] belongs");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"tickets\":[{\"id\":1},{\"id\":2}],\"next_page\":null}",
        "{\n  \"tickets\": [\n    {\"id\": 1},\n    {\"id\": 2}\n  ]\n}",
        "[{\"id\":1},{\"id\":2}]",
        "{\"id\":1}\n{\"id\":2,\"created_at\":\"2026-01-01T00:00:00Z\"}",
      })
  void aFileCutAnywhereInsideAValueIsRefusedByName(String whole) {
    for (int length = 1; length < whole.length(); length++) {
      String cut = whole.substring(0, length);
      if (cut.stripTrailing().equals("{\"id\":1}")) {
        // Between two lines nobody can tell.
        continue;
      }
      assertThatThrownBy(() -> read(TICKETS, cut))
          .as(cut)
          .isInstanceOf(UnreadableDump.class)
          .hasMessageContaining("desk/ticket/dt=2026-01-01/a.json");
    }
  }

  @Test
  void aPageThatIsNoneAmongPagesEndsTheFile() {
    String text = "{\"tickets\":[{\"id\":1}]}\n{\"tickets\":[{\"id\":2},]}\n{\"tickets\":[]}\n";
    assertThatThrownBy(() -> read(TICKETS, text))
        .isInstanceOf(UnreadableDump.class)
        .hasMessageContaining("after record 1");
  }

  @Test
  void aLineThatIsNoRecordIsRefusedAndTheOthersAreRead() {
    String deep = "[".repeat(5000) + "]".repeat(5000);
    String text =
        """
        {"id":1,"id":2}
        {"id":3} {"id":4}
        oops
        {"id":5,"deep":%s}
        {"id":6}
        7
        """
            .formatted(deep);
    List<RawRecord> records = read(TICKETS, text);
    assertThat(records.stream().map(RawRecord::problem))
        .satisfiesExactly(
            first -> assertThat(first).contains("Duplicate field 'id'"),
            second -> assertThat(second).contains("no JSON object"),
            third -> assertThat(third).contains("Unrecognized token 'oops'"),
            fourth -> assertThat(fourth).contains("nesting depth"),
            fifth -> assertThat(fifth).isNull(),
            sixth -> assertThat(sixth).isEqualTo("no JSON object"));
    assertThat(records.stream().map(RawRecord::text)).contains("oops", "{\"id\":6}");
  }

  @Test
  void ofTwoNamesOfAFieldTheContractsFirstCountsWhateverTheirOrder() {
    assertThat(
            read(
                TICKETS,
                "{\"createdAt\":\"b\",\"created_at\":\"a\"}\n"
                    + "{\"created_at\":\"a\",\"createdAt\":\"b\"}\n"))
        .allSatisfy(found -> assertThat(found.values()).containsEntry("created_at", "a"));
  }

  @Test
  void aFieldIsFoundByAnyNameThatDumpsGiveIt() {
    assertThat(read(TICKETS, "{\"id\":1,\"createdAt\":\"x\"}\n{\"id\":1,\"created_at\":\"x\"}\n"))
        .allSatisfy(found -> assertThat(found.values()).containsEntry("created_at", "x"));
  }
}
