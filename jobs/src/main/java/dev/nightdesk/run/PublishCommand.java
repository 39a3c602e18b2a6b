package dev.nightdesk.run;

import dev.nightdesk.publish.Publication;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** The last step of a night. */
@Command(
    name = "publish",
    description = {
      "Makes the night visible whose audits have passed.",
      "With --accept-volume it is audited again first."
    },
    mixinStandardHelpOptions = true)
final class PublishCommand implements Runnable {

  @Spec private CommandSpec spec;
  @Mixin private ConfigOptions options;
  @Mixin private VolumeOption volume;

  @Override
  public void run() {
    try (Workbench workbench = Workbench.open(options.config())) {
      if (volume.volumes() == NightOrder.OddVolumes.ACCEPT) {
        // It was stopped for its volumes, which are now accepted.
        workbench.night().audit(volume.volumes());
      }
      Publication publication = workbench.night().publish();
      spec.commandLine()
          .getOut()
          .printf("published %s: %s%n", publication.logicalDate(), publication.id());
    }
  }
}
