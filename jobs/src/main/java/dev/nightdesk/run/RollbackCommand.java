package dev.nightdesk.run;

import dev.nightdesk.publish.Publication;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The return to an earlier publication. */
@Command(
    name = "rollback",
    description =
        "Returns every table to an earlier publication; the next night reads again what came"
            + " since.",
    mixinStandardHelpOptions = true)
final class RollbackCommand implements Runnable {

  @Spec private CommandSpec spec;
  @Mixin private ConfigOptions options;

  @Option(
      names = "--to",
      required = true,
      paramLabel = "PUBLICATION",
      description = "Its id, as the table publication has it.")
  private String publication;

  @Override
  public void run() {
    try (Workbench workbench = Workbench.open(options.config())) {
      Publication published = new Upkeep(workbench.warehouse()).rollback(publication);
      spec.commandLine()
          .getOut()
          .printf(
              "published %s: %s, the tables of %s%n",
              published.logicalDate(), published.id(), publication);
    }
  }
}
