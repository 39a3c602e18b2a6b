package dev.nightdesk.run;

import java.time.LocalDate;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** A night that reads files of old dates again. */
@Command(
    name = "backfill",
    description = {
      "Reads the dumps of a range of dates again, with whatever else is new, as one night.",
      "The figures stay as of the latest date that the warehouse knows."
    },
    mixinStandardHelpOptions = true)
final class BackfillCommand implements Runnable {

  @Spec private CommandSpec spec;
  @Mixin private ConfigOptions options;
  @Mixin private VolumeOption volume;

  @Option(names = "--from", paramLabel = "YYYY-MM-DD", required = true, description = "First date.")
  private LocalDate from;

  @Option(names = "--to", paramLabel = "YYYY-MM-DD", required = true, description = "Last date.")
  private LocalDate to;

  @Override
  public void run() {
    if (to.isBefore(from)) {
      throw new ParameterException(
          spec.commandLine(), "--to %s lies before --from %s.".formatted(to, from));
    }
    try (Workbench workbench = Workbench.open(options.config())) {
      NightRun night = workbench.night();
      NightRun.Outcome outcome =
          night.nightly(new NightOrder(null, from, to, NightOrder.Scope.TOUCHED, volume.volumes()));
      spec.commandLine().getOut().print(workbench.reports().nightSummary(outcome));
      spec.commandLine().getOut().flush();
    }
  }
}
