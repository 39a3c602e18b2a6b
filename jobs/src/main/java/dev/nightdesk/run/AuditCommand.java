package dev.nightdesk.run;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** The fourth step of a night. */
@Command(
    name = "audit",
    description = "Holds what the night has built against every rule, before anybody sees it.",
    mixinStandardHelpOptions = true)
final class AuditCommand implements Runnable {

  @Spec private CommandSpec spec;
  @Mixin private ConfigOptions options;
  @Mixin private VolumeOption volume;

  @Override
  public void run() {
    try (Workbench workbench = Workbench.open(options.config())) {
      workbench.night().audit(volume.volumes());
      spec.commandLine().getOut().println("audited: nightdesk publish makes the night visible");
    }
  }
}
