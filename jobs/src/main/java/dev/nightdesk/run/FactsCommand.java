package dev.nightdesk.run;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** The second step of a night. */
@Command(
    name = "facts",
    description = "Builds the dimensions and facts from the staged logs.",
    mixinStandardHelpOptions = true)
final class FactsCommand implements Runnable {

  @Spec private CommandSpec spec;
  @Mixin private ConfigOptions options;

  @Override
  public void run() {
    try (Workbench workbench = Workbench.open(options.config())) {
      for (TableRun table : workbench.night().facts()) {
        spec.commandLine().getOut().printf("%s: %d rows%n", table.table(), table.rowCount());
      }
    }
  }
}
