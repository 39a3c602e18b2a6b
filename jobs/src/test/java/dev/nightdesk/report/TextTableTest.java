package dev.nightdesk.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TextTableTest {

  private static final TextTable TICKETS =
      TextTable.of(
          List.of("ticket_key", "reply_count", "is_counted", "created_at"),
          List.of(
              Arrays.asList("helpdesk:1", 12L, true, Instant.parse("2026-04-02T10:00:00Z")),
              Arrays.asList("helpdesk:22", null, false, null)));

  @Test
  void alignedColumnsStandUnderEachOtherWithNumbersToTheRight() {
    assertThat(TICKETS.aligned())
        .isEqualTo(
            """
            ticket_key   reply_count  is_counted  created_at
            -----------  -----------  ----------  --------------------
            helpdesk:1            12  true        2026-04-02T10:00:00Z
            helpdesk:22            –  false       –
            (2 rows)
            """);
  }

  @Test
  void aTableWithoutRowsSaysSo() {
    assertThat(TextTable.of(List.of("a"), List.of()).aligned()).isEqualTo("a\n-\n(no rows)\n");
  }

  @Test
  void controlCharactersCannotMoveTheCursor() {
    assertThat(TextTable.of(List.of("a"), List.of(List.of("x\n\u001b[31mred"))).aligned())
        .isEqualTo("a\n----------------\nx\\n\\u001b[31mred\n(1 row)\n");
  }

  @Test
  void largeAndSmallNumbersAreWrittenOut() {
    assertThat(
            TextTable.of(
                    List.of("n"),
                    List.of(
                        List.of(12_345_678.5),
                        List.of(1e10),
                        List.of(new BigDecimal("1E+3")),
                        List.of(Double.NaN)))
                .csv())
        .isEqualTo("n\n12345678.5\n10000000000\n1000\nNaN\n");
  }

  @Test
  void csvQuotesWhatNeedsItAndTellsNullFromEmpty() {
    assertThat(
            TextTable.of(
                    List.of("a", "b", "c"),
                    List.of(Arrays.asList("x,y", "say \"hi\"\nthere", null), List.of("", true, 3)))
                .csv())
        .isEqualTo("a,b,c\n\"x,y\",\"say \"\"hi\"\"\nthere\",\n\"\",true,3\n");
  }

  @Test
  void csvDisarmsFormulasButLeavesNumbersAlone() {
    assertThat(
            TextTable.of(
                    List.of("=name", "n"),
                    List.of(
                        List.of("=cmd|' /C calc'!A0", -5L),
                        List.of("+49 30 1", 1.5),
                        List.of("-1", 0),
                        List.of("@SUM(A1)", 0),
                        List.of("\t=1", 0),
                        List.of("\r=1", 0),
                        List.of("a=b", 0)))
                .csv())
        .isEqualTo(
            "'=name,n\n"
                + "'=cmd|' /C calc'!A0,-5\n"
                + "'+49 30 1,1.5\n"
                + "'-1,0\n"
                + "'@SUM(A1),0\n"
                + "'\t=1,0\n"
                + "\"'\r"
                + "=1\",0\n"
                + "a=b,0\n");
  }

  @Test
  void jsonLinesKeepTypesNestedValuesAndNulls() {
    assertThat(
            TextTable.of(
                    List.of("name", "n", "ratio", "day", "tags", "of", "none"),
                    List.of(
                        Arrays.asList(
                            "Zoë \"Z\"",
                            3L,
                            new BigDecimal("0.50"),
                            LocalDate.parse("2026-04-02"),
                            Arrays.asList("a", null),
                            Map.of("k", 1),
                            null)))
                .jsonLines())
        .isEqualTo(
            "{\"name\":\"Zoë \\\"Z\\\"\",\"n\":3,\"ratio\":0.50,\"day\":\"2026-04-02\","
                + "\"tags\":[\"a\",null],\"of\":{\"k\":1},\"none\":null}\n");
  }

  @Test
  void jsonLinesNumberNamesThatRepeat() {
    assertThat(TextTable.of(List.of("n", "n"), List.of(List.of(1, 2))).jsonLines())
        .isEqualTo("{\"n\":1,\"n_2\":2}\n");
  }

  @Test
  void aRowThatDoesNotFitIsRefused() {
    assertThatThrownBy(() -> TextTable.of(List.of("a", "b"), List.of(List.of(1))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("A row of 1 values does not fit the columns [a, b]");
  }
}
