package dev.nightdesk.run;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Shows the configuration. */
@Command(
    name = "config",
    description = "Shows every setting with its value and origin; secrets are masked.",
    mixinStandardHelpOptions = true)
final class ConfigCommand implements Runnable {

  @Spec private CommandSpec spec;
  @Mixin private ConfigOptions options;

  @Option(names = "--show", description = "Show the settings (what the command does anyway).")
  private boolean show;

  @Override
  public void run() {
    Settings settings = options.settings();
    // Understood before shown: a wrong setting is an error here as everywhere.
    options.config();
    settings.lines().forEach(spec.commandLine().getOut()::println);
  }
}
