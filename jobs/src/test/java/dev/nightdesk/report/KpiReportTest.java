package dev.nightdesk.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nightdesk.report.KpiReport.Series;
import dev.nightdesk.report.ReportKpi.Good;
import java.time.LocalDateTime;
import java.util.List;
import org.junit.jupiter.api.Test;

class KpiReportTest {

  private static final String AS_OF = "2026-04-03 00:00 Europe/Berlin";
  private static final ReportPeriod DAY = period("day", true);
  private static final ReportKpi CREATED =
      new ReportKpi("created_ticket_count", "Volume", "Created tickets", "tickets", Good.NEUTRAL);
  private static final ReportKpi FIRST_RESPONSE =
      new ReportKpi(
          "first_response_seconds_mean", "Speed", "Mean first response", "seconds", Good.LOWER);
  private static final ReportKpi OPEN_RESPONSE =
      new ReportKpi(
          "response_business_seconds_mean",
          "Speed",
          "Mean response, open hours",
          "seconds",
          Good.LOWER);
  private static final ReportKpi CSAT =
      new ReportKpi("csat_ratio", "Quality", "CSAT", "ratio", Good.HIGHER);
  private static final ReportKpi NPS =
      new ReportKpi("nps", "Quality", "NPS", "points", Good.HIGHER);

  @Test
  void everySectionShowsValueCountPeriodBeforeChangeAndHistory() {
    KpiReport report =
        new KpiReport(
            DAY,
            AS_OF,
            List.of(
                new Series(CREATED, List.of(count(1204), count(0), count(4), count(5))),
                new Series(FIRST_RESPONSE, List.of(of(3600, 3), of(4320, 12))),
                new Series(OPEN_RESPONSE, List.of(of(151_200, 2), of(151_200, 2))),
                new Series(CSAT, List.of(of(0.5, 4), of(0.75, 8))),
                new Series(NPS, List.of(of(25, 4), none()))));

    assertThat(report.text())
        .isEqualTo(
            """
            Thursday, 2 April 2026, as of 2026-04-03 00:00 Europe/Berlin

            Volume                          value   n  before  change                 last 14 days
            Created tickets                     5           4  +1 (+25 %)             ··········█▁▁▁

            Speed                           value   n  before  change                 last 14 days
            Mean first response        1 h 12 min  12     1 h  +12 min (+20 %) worse  ············▁█
            Mean response, open hours        42 h   2    42 h  =                      ············▄▄

            Quality                         value   n  before  change                 last 14 days
            CSAT                           75.0 %   8  50.0 %  +25.0 points better    ············▁█
            NPS                                 –   0      25                         ············▄·
            """);
  }

  @Test
  void anUnfinishedPeriodIsNotCompared() {
    KpiReport report =
        new KpiReport(
            period("week", false),
            AS_OF,
            List.of(new Series(CREATED, List.of(count(9), count(3)))));

    assertThat(report.text())
        .isEqualTo(
            """
            week from 2 April 2026, as of 2026-04-03 00:00 Europe/Berlin
            This week is not over: its figures will grow, so they are not compared.

            Volume           value  n  before  change  last 14 weeks
            Created tickets      3          9          ············█▁
            """);
  }

  @Test
  void whatWasNeverKnownIsNamedInWords() {
    KpiReport report =
        new KpiReport(
            DAY,
            AS_OF,
            List.of(
                new Series(CREATED, List.of(count(0))),
                new Series(CSAT, List.of(none(), none())),
                new Series(NPS, List.of(ReportPoint.UNKNOWN))));

    assertThat(report.text())
        .isEqualTo(
            """
            Thursday, 2 April 2026, as of 2026-04-03 00:00 Europe/Berlin

            Volume           value  n  before  change  last 14 days
            Created tickets      0          –          ·············▁

            Not known in any of these periods: CSAT, NPS.
            """);
  }

  @Test
  void aPeriodWithoutFiguresSaysSo() {
    assertThat(new KpiReport(period("month", true), AS_OF, List.of()).text())
        .isEqualTo(
            """
            April 2026, as of 2026-04-03 00:00 Europe/Berlin
            Nothing is known of this month.
            """);
  }

  @Test
  void onlyTheLatestFourteenPeriodsAreDrawn() {
    List<ReportPoint> points =
        java.util.stream.IntStream.rangeClosed(1, 20).mapToObj(KpiReportTest::count).toList();

    assertThat(new KpiReport(DAY, AS_OF, List.of(new Series(CREATED, points))).text())
        .contains("20         19  +1 (+5 %)  ▁▂▂▃▃▄▄▅▅▆▆▇▇█\n");
  }

  @Test
  void lessOfWhatShouldBeLowIsBetter() {
    assertThat(FIRST_RESPONSE.change(120.0, 90.0)).isEqualTo("-30 s (-25 %) better");
    assertThat(CSAT.change(0.9, 0.8)).isEqualTo("-10.0 points worse");
    assertThat(CREATED.change(0.0, 3.0)).isEqualTo("+3");
    assertThat(NPS.change(-25.0, 25.0)).isEqualTo("+50 better");
  }

  private static ReportPeriod period(String grain, boolean isComplete) {
    return new ReportPeriod(grain, LocalDateTime.parse("2026-04-02T00:00"), isComplete);
  }

  private static ReportPoint count(double value) {
    return new ReportPoint(value, null);
  }

  private static ReportPoint of(double value, long count) {
    return new ReportPoint(value, count);
  }

  private static ReportPoint none() {
    return new ReportPoint(null, 0L);
  }
}
