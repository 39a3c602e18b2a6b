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
  @Mixin private VolumeOption volume;
  @Mixin private UntilOption until;

  @Option(
      names = "--each-date",
      description = "Replay the dates that the warehouse lacks one by one, a night each.")
  private boolean eachDate;

  @Option(names = "--full-refresh", description = "Compute every table anew from the staged logs.")
  private boolean fullRefresh;

  @Override
  public void run() {
    try (Workbench workbench = Workbench.open(options.config())) {
      NightRun night = workbench.night();
      if (eachDate) {
        for (LocalDate each : night.missingDates(until.date())) {
          print(workbench, night, night.nightly(order(each)));
        }
      } else {
        print(workbench, night, night.nightly(order(until.date())));
      }
    }
  }

  private NightOrder order(LocalDate until) {
    return new NightOrder(
        until,
        null,
        null,
        fullRefresh ? NightOrder.Scope.EVERYTHING : NightOrder.Scope.TOUCHED,
        volume.volumes());
  }

  private void print(Workbench workbench, NightRun night, NightRun.Outcome outcome) {
    spec.commandLine().getOut().print(workbench.reports().nightSummary(outcome));
    spec.commandLine().getOut().flush();
  }
}
