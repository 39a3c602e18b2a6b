package dev.nightdesk.run;

import dev.nightdesk.io.Vacuum;
import java.io.PrintWriter;
import java.time.Clock;
import java.time.Duration;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Tidying up. */
@Command(
    name = "maintain",
    description =
        "Writes small files as larger ones and deletes those that no kept publication needs.",
    mixinStandardHelpOptions = true)
final class MaintainCommand implements Runnable {

  @Spec private CommandSpec spec;
  @Mixin private ConfigOptions options;

  @Option(
      names = "--keep-days",
      paramLabel = "DAYS",
      description =
          "How long earlier publications can be read and returned to, from 30 (default"
              + " ${DEFAULT-VALUE}).",
      defaultValue = "30")
  private int keepDays;

  @Override
  public void run() {
    NightdeskConfig config = options.config();
    Duration retention = Duration.ofDays(keepDays);
    if (retention.compareTo(Vacuum.FLOOR) < 0) {
      throw NightdeskException.usage(
          "--keep-days is %d; give %d or more, because earlier publications can be read and returned to for so long."
              .formatted(keepDays, Vacuum.FLOOR.toDays()));
    }
    Clock clock = Clock.systemUTC();
    try (Workbench workbench = Workbench.open(config)) {
      Upkeep.Maintained done =
          new Upkeep(workbench.warehouse())
              .maintain(
                  new Vacuum(workbench.spark(), workbench.warehouse().tables(), retention),
                  Upkeep.Sizes.USUAL,
                  clock.instant());
      PrintWriter out = spec.commandLine().getOut();
      out.printf("files of %s were written anew%n", words(done.compacted()));
      out.printf("old files of %s were deleted%n", words(done.cleaned()));
      out.printf("readers see %s%n", done.publication().id());
    }
  }

  private static String words(java.util.List<String> tables) {
    return tables.isEmpty() ? "no table" : String.join(", ", tables);
  }
}
