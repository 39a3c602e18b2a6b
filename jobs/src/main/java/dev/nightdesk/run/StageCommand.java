package dev.nightdesk.run;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** The first step of a night. */
@Command(
    name = "stage",
    description = "Reads new and changed raw files into the staged logs.",
    mixinStandardHelpOptions = true)
final class StageCommand implements Runnable {

  @Spec private CommandSpec spec;
  @Mixin private ConfigOptions options;
  @Mixin private UntilOption until;

  @Override
  public void run() {
    try (Workbench workbench = Workbench.open(options.config())) {
      Staging.Result result = workbench.night().stage(until.date());
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
