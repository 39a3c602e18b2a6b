package dev.nightdesk.run;

import dev.nightdesk.kpi.Breakdown;
import dev.nightdesk.kpi.Grain;
import dev.nightdesk.report.CostReport;
import dev.nightdesk.table.Night;
import java.time.LocalDate;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The KPIs in the terminal, and what a night cost. */
@Command(
    name = "report",
    description =
        "Shows the KPIs of a period with the period before, its members side by side, or what a"
            + " night cost.",
    mixinStandardHelpOptions = true)
final class ReportCommand implements Runnable {

  private static final String LATEST = "latest";

  @Spec private CommandSpec spec;
  @Mixin private ConfigOptions options;

  @Option(
      names = "--date",
      paramLabel = "YYYY-MM-DD",
      description = "A day of the period; without it the latest.")
  private LocalDate date;

  @Option(
      names = "--grain",
      paramLabel = "GRAIN",
      description = "day, week, month or quarter (default ${DEFAULT-VALUE}).",
      defaultValue = "day")
  private Grain grain;

  @Option(
      names = "--by",
      paramLabel = "BREAKDOWN",
      description = "agent, type or channel, and what the configuration adds.")
  private String by;

  @Option(
      names = "--all",
      description =
          "Every KPI of the catalogue, not only the key figures; with --run every phase, not only"
              + " the large ones.")
  private boolean isEveryKpi;

  @Option(
      names = "--reconcile",
      description =
          "In place of KPIs: our figures of tickets beside those of the help desk itself.")
  private boolean isReconciliation;

  @Option(
      names = "--run",
      arity = "0..1",
      fallbackValue = LATEST,
      paramLabel = "RUN",
      description =
          "In place of KPIs: what the phases of a night cost, by Spark's own metrics, and the three"
              + " largest costs; of the latest run, or of the one named.")
  private String runId;

  @Override
  public void run() {
    if (runId != null) {
      costs();
      return;
    }
    if (isReconciliation) {
      reconcile();
      return;
    }
    if (grain == Grain.HOUR) {
      throw NightdeskException.usage(
          "A report is of a day or longer; ask for hours with nightdesk sql.");
    }
    NightdeskConfig config = options.config();
    Breakdown breakdown = by == null ? Breakdown.ALL : breakdown(config);
    try (Workbench workbench = Workbench.open(config)) {
      Night night = workbench.warehouse().night();
      spec.commandLine()
          .getOut()
          .print(
              by == null
                  ? workbench
                      .reports()
                      .overall(
                          date,
                          grain,
                          isEveryKpi ? Reports.Extent.EVERY_KPI : Reports.Extent.KEY_FIGURES,
                          night.asOf())
                  : workbench.reports().byMember(date, grain, breakdown, night.asOf()));
      spec.commandLine().getOut().flush();
    }
  }

  private void costs() {
    if (date != null || by != null || isReconciliation) {
      throw NightdeskException.usage(
          "--run is of one run; leave out --date, --by and --reconcile, and ask for more with"
              + " nightdesk sql, table run.");
    }
    try (Workbench workbench = Workbench.open(options.config())) {
      NightCosts costs = new NightCosts(workbench.warehouse());
      spec.commandLine()
          .getOut()
          .print(
              costs
                  .report(runId.equals(LATEST) ? costs.latest() : runId)
                  .text(
                      isEveryKpi ? CostReport.Extent.EVERY_PHASE : CostReport.Extent.LARGE_PHASES));
      spec.commandLine().getOut().flush();
    }
  }

  private void reconcile() {
    if (date != null || by != null || isEveryKpi) {
      throw NightdeskException.usage(
          "--reconcile is of all tickets as of the latest night; leave out --date, --by and --all,"
              + " and ask for days with nightdesk sql.");
    }
    try (Workbench workbench = Workbench.open(options.config())) {
      spec.commandLine()
          .getOut()
          .print(new ReconciliationReport(workbench.warehouse().published()).text());
      spec.commandLine().getOut().flush();
    }
  }

  private Breakdown breakdown(NightdeskConfig config) {
    return Kpis.of(config).breakdowns().stream()
        .filter(each -> !each.equals(Breakdown.ALL) && each.code().equals(by))
        .findFirst()
        .orElseThrow(
            () ->
                NightdeskException.usage(
                    "There is no breakdown %s; there are %s. Add it to extra-breakdowns, or choose one."
                        .formatted(
                            by,
                            Kpis.of(config).breakdowns().stream()
                                .filter(each -> !each.equals(Breakdown.ALL))
                                .map(Breakdown::code)
                                .toList())));
  }
}
