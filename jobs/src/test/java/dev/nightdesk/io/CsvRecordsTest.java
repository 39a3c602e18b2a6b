package dev.nightdesk.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nightdesk.contract.RawRecord;
import java.io.BufferedReader;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CsvRecordsTest {

  private static List<RawRecord> read(char delimiter, String text) {
    RawFormat format =
        new RawFormat(
            Map.of("id", List.of("id"), "text", List.of("text"), "by", List.of("by")),
            Set.of(),
            Map.of("text", "Message"),
            delimiter,
            Envelope.NONE);
    List<RawRecord> records = new ArrayList<>();
    new CsvRecords(
            "desk/message/dt=2026-01-01/a.csv", new BufferedReader(new StringReader(text)), format)
        .forEachRemaining(records::add);
    return records;
  }

  @Test
  void columnsAreFoundByTheirNamesAndQuotesHoldAnything() {
    assertThat(
            read(';', "by;Message;id;more\nAnn;\"one; \"\"two\"\"\nthree\";1;x\nBob;5\" pipe;2;\n"))
        .extracting(RawRecord::values)
        .containsExactly(
            Map.of("id", "1", "text", "one; \"two\"\nthree", "by", "Ann"),
            Map.of("id", "2", "text", "5\" pipe", "by", "Bob"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "id,Message,by\n1,\"never closed,Ann\n2,x,Bob\n3,y,Cid\n",
        "id,Message,by\n1,\"never closed,Ann\n2,x,Bob",
        "id,Message,by\n1,x,\"Ann\n",
        "id,Message,by\n1,\"never closed,Ann\n2,\"x\",Bob\n",
      })
  void anUnclosedQuoteEndsTheFile(String text) {
    assertThatThrownBy(() -> read(',', text))
        .isInstanceOf(UnreadableDump.class)
        .hasMessageContaining("desk/message/dt=2026-01-01/a.csv")
        .hasMessageContaining("record 1")
        .hasMessageContaining("quote");
  }

  @Test
  void aLastRowThatBreaksOffEndsTheFileAndAnotherShortOneIsRefused() {
    assertThatThrownBy(() -> read(',', "id,Message,by\n1,x,Ann\n2,y"))
        .isInstanceOf(UnreadableDump.class)
        .hasMessageContaining("breaks off in record 2");
    assertThat(read(',', "id,Message,by\n1,x\n2,y,Bob\n"))
        .extracting(RawRecord::problem)
        .containsExactly("the row has 2 columns, the header 3", null);
  }

  @Test
  void aColumnThatTheConfigurationNamesIsThatOfItsFieldAlthoughAnotherFieldHasTheName() {
    RawFormat format =
        new RawFormat(
            Map.of("resolved_at", List.of("resolved_at"), "closed_at", List.of("closed_at")),
            Set.of(),
            Map.of("closed_at", "resolved_at"),
            ',',
            Envelope.NONE);

    assertThat(
            new CsvRecords(
                    "desk/ticket/dt=2026-01-01/a.csv",
                    new BufferedReader(new StringReader("resolved_at\nx\n")),
                    format)
                .next()
                .values())
        .isEqualTo(Map.of("closed_at", "x"));
  }

  @Test
  void aColumnThatComesTwiceOrNotAtAllEndsTheFile() {
    assertThatThrownBy(() -> read(',', "id,Message,id\n1,x,2\n"))
        .isInstanceOf(UnreadableDump.class)
        .hasMessageContaining("the column `id` twice");
    assertThatThrownBy(() -> read(',', "id,text,by\n1,x,2\n"))
        .isInstanceOf(UnreadableDump.class)
        .hasMessageContaining("the configuration names the column `Message`");
  }
}
