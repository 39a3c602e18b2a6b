package dev.nightdesk.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nightdesk.report.NightSummary.Headline;
import dev.nightdesk.report.ReportKpi.Good;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class NightSummaryTest {

  private static final LocalDate DAY = LocalDate.parse("2026-04-02");
  private static final String AS_OF = "2026-04-03 00:00 Europe/Berlin";

  @Test
  void oneScreenTellsTheWholeNight() {
    Map<String, Long> tables = new LinkedHashMap<>();
    tables.put("stg_ticket", 1234L);
    tables.put("stg_message", 9L);
    tables.put("fact_ticket", 40L);
    tables.put("kpi_overall", 60L);
    NightSummary summary =
        new NightSummary(
            DAY,
            AS_OF,
            28,
            1_240,
            6,
            Map.of(
                "a: is no instant", 1L,
                "b: is missing", 3L,
                "c: is no code", 1L,
                "d: is no number", 1L,
                "e: is no boolean", 1L,
                "f: is no object", 1L),
            List.of("helpdesk/ticket/mood"),
            tables,
            List.of(
                new Headline(
                    new ReportKpi("c", "Volume", "Created tickets", "tickets", Good.NEUTRAL),
                    new ReportPoint(5.0, null)),
                new Headline(
                    new ReportKpi("csat_ratio", "Quality", "CSAT", "ratio", Good.HIGHER),
                    new ReportPoint(null, 0L))),
            Findings.NONE,
            24.3);

    assertThat(summary.text())
        .isEqualTo(
            """
            Thursday, 2 April 2026, as of 2026-04-03 00:00 Europe/Berlin

            Read      28 files, 1,240 records
            Rejected  6 of 1,240 (0.5 %), see rejected_row
                     3  b: is missing
                     1  a: is no instant
                     1  c: is no code
                     1  d: is no number
                     1  e: is no boolean
                      and 1 other reason
            Unknown   1 field that no contract knows: helpdesk/ticket/mood

            Table         rows
            stg_ticket   1,234  stg_message  9  fact_ticket  40
            kpi_overall     60

            Figure of the day    value
            Created tickets          5
            CSAT               – (n 0)

            Done in 24 s.
            """);
  }

  @Test
  void aNightWithoutNewsSaysSo() {
    NightSummary summary =
        new NightSummary(
            DAY, AS_OF, 0, 0, 0, Map.of(), List.of(), Map.of(), List.of(), Findings.NONE, 3.2);

    assertThat(summary.text())
        .isEqualTo(
            """
            Thursday, 2 April 2026, as of 2026-04-03 00:00 Europe/Berlin

            Read      nothing new

            No table was changed.

            No figure is known of this day.

            Done in 3.2 s.
            """);
  }

  @Test
  void aCleanNightRejectsNothing() {
    NightSummary summary =
        new NightSummary(
            DAY, AS_OF, 1, 1, 0, Map.of(), List.of(), Map.of(), List.of(), Findings.NONE, 1);

    assertThat(summary.text()).contains("Read      1 file, 1 record\nRejected  nothing\n");
  }
}
