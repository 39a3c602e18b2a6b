package dev.nightdesk.run;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** How a warehouse stands. */
@Command(
    name = "status",
    description = "What is published, how fresh each source is, who writes, what is unfinished.",
    mixinStandardHelpOptions = true)
final class StatusCommand implements Runnable {

  @Spec private CommandSpec spec;
  @Mixin private ConfigOptions options;

  @Override
  public void run() {
    try (Workbench workbench = Workbench.open(options.config())) {
      spec.commandLine().getOut().print(workbench.warehouse().status());
      spec.commandLine().getOut().flush();
    }
  }
}
