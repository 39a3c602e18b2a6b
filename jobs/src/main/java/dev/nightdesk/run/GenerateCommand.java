package dev.nightdesk.run;

import dev.nightdesk.generate.GeneratedDumps;
import dev.nightdesk.generate.Generator;
import dev.nightdesk.generate.GeneratorOptions;
import java.nio.file.Path;
import java.time.LocalDate;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Makes dumps. */
@Command(
    name = "generate",
    description =
        "Writes realistic dumps of a source of type canonical: the same bytes for a seed.",
    mixinStandardHelpOptions = true)
final class GenerateCommand implements Runnable {

  @Spec private CommandSpec spec;

  @Option(names = "--tickets", required = true, paramLabel = "N", description = "How many tickets.")
  private long tickets;

  @Option(names = "--days", required = true, paramLabel = "D", description = "Over how many days.")
  private int days;

  @Option(
      names = "--seed",
      required = true,
      paramLabel = "S",
      description = "What chance begins with.")
  private long seed;

  @Option(names = "--out", required = true, paramLabel = "DIR", description = "Where to write.")
  private Path out;

  @Option(
      names = "--until",
      paramLabel = "YYYY-MM-DD",
      description = "The last day (default ${DEFAULT-VALUE}).",
      defaultValue = "2025-12-31")
  private LocalDate until;

  @Option(
      names = "--text-share",
      paramLabel = "SHARE",
      description = "Share of messages with 200 bytes of text and more (default ${DEFAULT-VALUE}).",
      defaultValue = "0.3")
  private double textShare;

  @Override
  public void run() {
    GeneratorOptions wanted;
    try {
      wanted =
          GeneratorOptions.of(tickets, days, seed, out).withUntil(until).withTextShare(textShare);
    } catch (IllegalArgumentException e) {
      throw NightdeskException.usage(e.getMessage());
    }
    Progress progress = new Progress();
    GeneratedDumps dumps = Generator.generate(wanted, progress::generated);
    spec.commandLine().getOut().println(dumps);
  }
}
