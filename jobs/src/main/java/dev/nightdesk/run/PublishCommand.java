package dev.nightdesk.run;

import dev.nightdesk.publish.Publication;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** The last step of a night. */
@Command(
    name = "publish",
    description = "Makes the night visible whose audits have passed.",
    mixinStandardHelpOptions = true)
final class PublishCommand implements Runnable {

  @Spec private CommandSpec spec;
  @Mixin private ConfigOptions options;

  @Override
  public void run() {
    try (Workbench workbench = Workbench.open(options.config())) {
      Publication publication = workbench.night().publish();
      spec.commandLine()
          .getOut()
          .printf("published %s: %s%n", publication.logicalDate(), publication.id());
    }
  }
}
