package dev.nightdesk.run;

import java.time.LocalDate;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The first step of a night. */
@Command(
    name = "stage",
    description = "Reads new and changed raw files into the staged logs.",
    mixinStandardHelpOptions = true)
final class StageCommand implements Runnable {

  @Spec private CommandSpec spec;
  @Mixin private ConfigOptions options;

  @Option(
      names = "--date",
      paramLabel = "YYYY-MM-DD",
      description = "Everything up to and including this logical date; without it all there is.")
  private LocalDate date;

  @Override
  public void run() {
    try (Workbench workbench = Workbench.open(options.config())) {
      Staging.Result result = workbench.night().stage(date);
      spec.commandLine()
          .getOut()
          .printf(
              "staged up to %s: %d files, %d records, %d refused%n",
              result.logicalDate(),
              result.fileCount(),
              result.recordCount(),
              result.rejectedCount());
    }
  }
}
