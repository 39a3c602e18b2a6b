package dev.nightdesk.run;

import java.time.LocalDate;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** A whole night. */
@Command(
    name = "nightly",
    description = "Stages what is new, builds all tables, and sums the night up.",
    mixinStandardHelpOptions = true)
final class NightlyCommand implements Runnable {

  @Spec private CommandSpec spec;
  @Mixin private ConfigOptions options;

  @Option(
      names = "--date",
      paramLabel = "YYYY-MM-DD",
      description = "Everything up to and including this logical date; without it all there is.")
  private LocalDate date;

  @Option(
      names = "--each-date",
      description = "Replay the dates that the warehouse lacks one by one, a night each.")
  private boolean eachDate;

  @Option(names = "--full-refresh", description = "Compute every table anew from the staged logs.")
  private boolean fullRefresh;

  @Option(
      names = "--accept-volume",
      description = "Publish although dumps are far smaller or larger than those before.")
  private boolean acceptVolume;

  @Override
  public void run() {
    try (Workbench workbench = Workbench.open(options.config())) {
      NightRun night = workbench.night();
      if (eachDate) {
        for (LocalDate each : night.missingDates(date)) {
          print(workbench, night, night.nightly(order(each)));
        }
      } else {
        print(workbench, night, night.nightly(order(date)));
      }
    }
  }

  private NightOrder order(LocalDate until) {
    return new NightOrder(
        until,
        null,
        null,
        fullRefresh ? NightOrder.Scope.EVERYTHING : NightOrder.Scope.TOUCHED,
        acceptVolume ? NightOrder.OddVolumes.ACCEPT : NightOrder.OddVolumes.STOP);
  }

  private void print(Workbench workbench, NightRun night, NightRun.Outcome outcome) {
    spec.commandLine().getOut().print(workbench.reports().nightSummary(outcome));
    spec.commandLine().getOut().flush();
  }
}
