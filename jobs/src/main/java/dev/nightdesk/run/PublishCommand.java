package dev.nightdesk.run;

import dev.nightdesk.publish.Publication;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The last step of a night. */
@Command(
    name = "publish",
    description = "Makes the night visible whose audits have passed.",
    mixinStandardHelpOptions = true)
final class PublishCommand implements Runnable {

  @Spec private CommandSpec spec;
  @Mixin private ConfigOptions options;

  @Option(
      names = "--accept-volume",
      description =
          "Audit the night again, and let pass dumps that are far smaller or larger than those"
              + " before.")
  private boolean acceptVolume;

  @Override
  public void run() {
    try (Workbench workbench = Workbench.open(options.config())) {
      if (acceptVolume) {
        workbench.night().audit(NightOrder.OddVolumes.ACCEPT);
      }
      Publication publication = workbench.night().publish();
      spec.commandLine()
          .getOut()
          .printf("published %s: %s%n", publication.logicalDate(), publication.id());
    }
  }
}
