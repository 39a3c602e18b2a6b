package dev.nightdesk.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nightdesk.report.Findings.Alert;
import dev.nightdesk.report.Findings.MissedTarget;
import dev.nightdesk.report.Findings.ServiceLevel;
import dev.nightdesk.report.Findings.TicketType;
import dev.nightdesk.report.ReportKpi.Good;
import java.time.LocalDate;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class FindingsTest {

  private static final ReportKpi FIRST_RESPONSE =
      new ReportKpi(
          "first_response_seconds_p50", "Speed", "Median first response", "seconds", Good.LOWER);
  private static final ReportKpi BACKLOG =
      new ReportKpi("backlog_ticket_count", "Volume", "Backlog", "tickets", Good.LOWER);
  private static final ReportKpi CSAT =
      new ReportKpi("csat_ratio", "Quality", "CSAT", "ratio", Good.HIGHER);

  private static final Alert ALERT =
      new Alert(FIRST_RESPONSE, "2026-04-02", "channel chat", 600, 180, 120);
  private static final MissedTarget MISSED =
      new MissedTarget(BACKLOG, "", "month", "at most", 40, 52);

  @Test
  void everyKindHasAParagraph() {
    Findings findings =
        new Findings(
            List.of(
                new ServiceLevel("chat", "below_average", 4, 1, null),
                new ServiceLevel("fax", "no_data", null, null, null)),
            List.of(ALERT),
            List.of(MISSED, new MissedTarget(CSAT, "agent Ann", "day", "at least", 0.8, 0.5)),
            List.of(
                new TicketType("billing", 1_200, 200L, 0.2, false),
                new TicketType("shipping", 9, -3L, -0.25, false),
                new TicketType("returns", 4, 4L, null, false),
                new TicketType("bug", 7, null, null, true)));

    assertThat(findings.text())
        .isEqualTo(
            """

            Service levels  grade          first response  resolution  CSAT
            chat            below average               4           1     –
            Points from 1 to 5; a 1 makes the grade below average at best.

            Suddenly worse                       on           value  day before  usually
            Median first response, channel chat  2026-04-02  10 min       3 min    2 min

            Targets missed    value  target
            Backlog              52  at most 40
            CSAT, agent Ann  50.0 %  at least 80.0 %

            New and growing types  created  change
            bug                          7  new
            billing                  1,200  +200 (+20 %)
            returns                      4  +4
            """);
  }

  @Test
  void nothingToTellIsNoText() {
    assertThat(Findings.NONE.text()).isEmpty();
    assertThat(Findings.NONE.lines()).isEmpty();
  }

  @Test
  void theNewsOfANightStandBeforeItsEnd() {
    Findings findings =
        new Findings(
            List.of(),
            List.of(ALERT),
            List.of(MISSED),
            List.of(
                new TicketType("bug", 1, null, null, true),
                new TicketType("billing", 5, 2L, 0.4, false)));

    assertThat(summary(findings))
        .endsWith(
            """
            No figure is known of this day.

            Alert     Median first response, channel chat: 10 min, the day before 3 min, usually 2 min
            Missed    Backlog of the month: 52, should be at most 40
            New type  bug: 1 ticket

            Done in 1.0 s.
            """
                .replace("1.0 s", "1 s"));
  }

  @Test
  void moreThanSixLinesOfNewsEndInACount() {
    Findings findings =
        new Findings(
            List.of(),
            Collections.nCopies(7, ALERT),
            List.of(MISSED),
            List.of(new TicketType("bug", 1, null, null, true)));

    assertThat(findings.lines().lines()).hasSize(6);
    assertThat(findings.lines())
        .endsWith("and 4 more: see kpi_alert, kpi_target, kpi_ticket_type\n");
  }

  @Test
  void aRankStandsBesideTheValueThatItIsOf() {
    MemberReport report =
        new MemberReport(
            new ReportPeriod("day", LocalDate.parse("2026-04-02").atStartOfDay(), true),
            "2026-04-03 00:00 UTC",
            "agent",
            List.of(
                new ReportKpi("solved_ticket_count", "Volume", "Solved", "tickets", Good.HIGHER),
                new ReportKpi("worked_seconds", "Agents", "Worked", "seconds", Good.NEUTRAL)),
            List.of(
                new MemberReport.Member(
                    "Ann",
                    List.of(new ReportPoint(30.0, null), new ReportPoint(100_800.0, null)),
                    Map.of("solved_ticket_count", 2L))));

    assertThat(report.text()).endsWith("Ann     30 #2    28 h\n");
  }

  private static String summary(Findings findings) {
    return new NightSummary(
            LocalDate.parse("2026-04-02"),
            "2026-04-03 00:00 UTC",
            0,
            0,
            0,
            Map.of(),
            List.of(),
            Map.of(),
            List.of(),
            findings,
            1)
        .text();
  }
}
