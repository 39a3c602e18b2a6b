package dev.nightdesk.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nightdesk.report.MemberReport.Member;
import dev.nightdesk.report.ReportKpi.Good;
import java.time.LocalDateTime;
import java.util.List;
import org.junit.jupiter.api.Test;

class MemberReportTest {

  private static final String AS_OF = "2026-04-03 00:00 Europe/Berlin";
  private static final ReportPeriod DAY =
      new ReportPeriod("day", LocalDateTime.parse("2026-04-02T00:00"), true);
  private static final List<ReportKpi> KPIS =
      List.of(
          new ReportKpi("solved_ticket_count", "Volume", "Solved tickets", "tickets", Good.HIGHER),
          new ReportKpi(
              "first_response_seconds_mean", "Speed", "Mean first response", "seconds", Good.LOWER),
          new ReportKpi("csat_ratio", "Quality", "CSAT", "ratio", Good.HIGHER));

  @Test
  void theGreatestVolumeComesFirstAndTheUnknownLast() {
    MemberReport report =
        new MemberReport(
            DAY,
            AS_OF,
            "agent",
            KPIS,
            List.of(
                new Member("Zoë", List.of(point(3.0), point(62.0), point(1.0))),
                new Member("unassigned", List.of(point(null), point(null), unanswered())),
                new Member("Ben", List.of(point(12.0), point(4320.0), unanswered())),
                new Member("Anna", List.of(point(3.0), point(600.0), point(0.5)))));

    assertThat(report.text())
        .isEqualTo(
            """
            Thursday, 2 April 2026 by agent, as of 2026-04-03 00:00 Europe/Berlin

                                        Mean first
            agent       Solved tickets    response     CSAT
            ----------  --------------  ----------  -------
            Ben                     12  1 h 12 min  – (n 0)
            Anna                     3      10 min   50.0 %
            Zoë                      3   1 min 2 s  100.0 %
            unassigned               –           –  – (n 0)
            """);
  }

  @Test
  void aPeriodWithoutMembersSaysSo() {
    assertThat(new MemberReport(DAY, AS_OF, "channel", KPIS, List.of()).text())
        .isEqualTo(
            """
            Thursday, 2 April 2026 by channel, as of 2026-04-03 00:00 Europe/Berlin
            Nothing is known of any channel in this day.
            """);
  }

  @Test
  void aMemberWithoutAPointPerKpiIsRefused() {
    assertThatThrownBy(
            () ->
                new MemberReport(
                    DAY, AS_OF, "type", KPIS, List.of(new Member("refund", List.of(point(1.0))))))
        .hasMessage("The type refund has 1 points for 3 KPIs.");
  }

  private static ReportPoint point(Double value) {
    return new ReportPoint(value, null);
  }

  private static ReportPoint unanswered() {
    return new ReportPoint(null, 0L);
  }
}
