package dev.nightdesk.run;

import java.io.PrintWriter;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** What a night would read. */
@Command(
    name = "check",
    description = {
      "Holds the dumps that a night would read against their contracts. Writes nothing.",
      "Ends with 3 if a night would refuse them."
    },
    mixinStandardHelpOptions = true)
final class CheckCommand implements Runnable {

  @Spec private CommandSpec spec;
  @Mixin private ConfigOptions options;
  @Mixin private UntilOption until;

  @Override
  public void run() {
    NightdeskConfig config = options.config();
    try (Workbench workbench = Workbench.open(config)) {
      Inspection dumps = workbench.night().check(until.date());
      PrintWriter out = spec.commandLine().getOut();
      out.print(text(dumps));
      out.flush();
      dumps.requireFewRejected(config.maxRejectedRatio());
    }
  }

  /** A line per feed, and under it why records are refused and which fields nobody knows. */
  static String text(Inspection dumps) {
    if (dumps.typed().isEmpty()) {
      return "nothing new to read\n";
    }
    StringBuilder text = new StringBuilder();
    for (Deliveries.Delivery delivery : dumps.typed().keySet()) {
      String feed = delivery.feed().name();
      text.append(
          "%s: %d files, %d records, %d refused\n"
              .formatted(
                  feed,
                  delivery.files().size(),
                  dumps.recordCount(delivery),
                  dumps.rejectedCount(delivery)));
      dumps
          .ranked()
          .getOrDefault(delivery, java.util.Map.of())
          .forEach((reason, count) -> text.append("  %d refused: %s\n".formatted(count, reason)));
      dumps.unknownFields().stream()
          .filter(field -> field.startsWith(feed + "/"))
          .forEach(
              field ->
                  text.append(
                      "  unknown field %s\n".formatted(field.substring(feed.length() + 1))));
    }
    return text.toString();
  }
}
