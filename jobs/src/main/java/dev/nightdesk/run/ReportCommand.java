package dev.nightdesk.run;

import dev.nightdesk.kpi.Breakdown;
import dev.nightdesk.kpi.Grain;
import dev.nightdesk.table.Night;
import java.time.LocalDate;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The KPIs in the terminal. */
@Command(
    name = "report",
    description = "Shows the KPIs of a period with the period before, or its members side by side.",
    mixinStandardHelpOptions = true)
final class ReportCommand implements Runnable {

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

  @Option(names = "--all", description = "Every KPI of the catalogue, not only the key figures.")
  private boolean isEveryKpi;

  @Option(
      names = "--reconcile",
      description =
          "In place of KPIs: our figures of tickets beside those of the help desk itself.")
  private boolean isReconciliation;

  @Override
  public void run() {
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
