package dev.nightdesk.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nightdesk.report.CostReport.Extent;
import dev.nightdesk.report.CostReport.Measured;
import dev.nightdesk.report.CostReport.Phase;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class CostReportTest {

  private static final List<Phase> PHASES =
      List.of(
          new Phase("facts", "fact_ticket", 40, measured(30, 5, 1_200_000)),
          new Phase("stage", "the rest", 0.4, measured(0.4, 0.4, 0)),
          new Phase("facts", "ticket_history, kept", 58.5, measured(58.5, 1.5, 80_000_000)),
          new Phase("stage", "stg_ticket", 10.26, measured(10.26, 0.26, 999)),
          new Phase("facts", "dim_date", 0.5, measured(0.5, 0.25, 14)),
          new Phase("facts", "dim_macro", 0.34, measured(0.34, 0.25, 0)));

  private static Measured measured(double seconds, double planningSeconds, long rows) {
    return new Measured(
        seconds, planningSeconds, 2 * seconds, rows, 20 * rows, rows / 2, 4 * rows, rows, 0);
  }

  private static CostReport report(List<Phase> phases) {
    return new CostReport(
        "20260403T020000.000Z-7", LocalDate.of(2026, 4, 2), "0.1.0, 0123456", phases);
  }

  @Test
  void stepsStandInTheirOrderPhasesByTheirTimeAndSmallOnesTogether() {
    assertThat(report(PHASES).text(Extent.LARGE_PHASES))
        .isEqualTo(
            """
            Run 20260403T020000.000Z-7, Thursday, 2 April 2026, nightdesk 0.1.0, 0123456

                                                                         rows   bytes     rows    bytes     bytes    bytes
            Phase                       time    wall  planning     CPU   read    read  written  written  shuffled  spilled
            ------------------------  ------  ------  --------  ------  -----  ------  -------  -------  --------  -------
            stage, 11 % of the night  10.7 s             0.7 s  21.3 s    999   20 kB      499   4.0 kB     999 B        0
              stg_ticket              10.3 s  10.3 s     0.3 s  20.5 s    999   20 kB      499   4.0 kB     999 B        0
              the rest                 0.4 s   0.4 s     0.4 s   0.8 s      0       0        0        0         0        0
            facts, 89 % of the night  89.3 s             7.0 s   179 s   81 M  1.6 GB     41 M   325 MB     81 MB        0
              ticket_history, kept    58.5 s  58.5 s     1.5 s   117 s   80 M  1.6 GB     40 M   320 MB     80 MB        0
              fact_ticket             30.0 s  40.0 s     5.0 s  60.0 s  1.2 M   24 MB    600 k   4.8 MB    1.2 MB        0
              2 smaller phases         0.8 s             0.5 s   1.7 s     14   280 B        7     56 B      14 B        0
            ------------------------  ------  ------  --------  ------  -----  ------  -------  -------  --------  -------
            the night                  100 s             7.7 s   200 s   81 M  1.6 GB     41 M   325 MB     81 MB        0

            The three largest costs
              facts: ticket_history, kept  58.5 s  59 %  1.5 s of it planning, 117 s of processor time in tasks
              facts: fact_ticket           30.0 s  30 %  5.0 s of it planning, 60.0 s of processor time in tasks
              stage: stg_ticket            10.3 s  10 %  0.3 s of it planning, 20.5 s of processor time in tasks

            Steps in their order, the phases of each by their time. time: of a moment in which several phases ran each has its
            part, so that times add up. wall: from begin to end. planning: the part of time in which no Spark task ran: plans are
            made, files listed, tables committed. All else is of Spark's tasks, over all cores.
            """);
  }

  @Test
  void everyPhaseIsShownToWhoeverAsks() {
    assertThat(report(PHASES).text(Extent.EVERY_PHASE))
        .contains("dim_date", "dim_macro")
        .doesNotContain("smaller");
  }

  @Test
  void hoursAndTerabytesFitIn120Columns() {
    List<Phase> many = new ArrayList<>();
    Measured large =
        new Measured(
            2_499,
            2_499,
            4_998,
            999_000_000_000L,
            999L << 40,
            999_000_000_000L,
            999L << 40,
            999L << 40,
            999L << 40);
    many.add(new Phase("publish", "kpi_contributed_change, kept", 2_499, large));
    many.addAll(Collections.nCopies(3, new Phase("kpis", "the rest", 2_499, large)));

    assertThat(report(many).text(Extent.EVERY_PHASE).lines())
        .allSatisfy(line -> assertThat(line.length()).isLessThanOrEqualTo(120));
  }

  @Test
  void ofARunThatWasNotMeasuredTheWallTimesAreShown() {
    assertThat(
            report(List.of(new Phase("facts", "fact_ticket", 40.26, null)))
                .text(Extent.LARGE_PHASES))
        .isEqualTo(
            """
            Run 20260403T020000.000Z-7, Thursday, 2 April 2026, nightdesk 0.1.0, 0123456

                                                        rows  bytes     rows    bytes     bytes    bytes
            Phase          time    wall  planning  CPU  read   read  written  written  shuffled  spilled
            -------------  ----  ------  --------  ---  ----  -----  -------  -------  --------  -------
            facts             –                 –    –     –      –        –        –         –        –
              fact_ticket     –  40.3 s         –    –     –      –        –        –         –        –
            -------------  ----  ------  --------  ---  ----  -----  -------  -------  --------  -------
            the night         –                 –    –     –      –        –        –         –        –

            Only the wall time is known: this run was made by a program that measured nothing else.
            """);
  }
}
