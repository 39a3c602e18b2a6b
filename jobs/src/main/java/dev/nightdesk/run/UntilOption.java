package dev.nightdesk.run;

import java.time.LocalDate;
import picocli.CommandLine.Option;

/** Up to which date a night reads. */
final class UntilOption {

  @Option(
      names = "--date",
      paramLabel = "YYYY-MM-DD",
      description = "Everything up to and including this logical date; without it all there is.")
  private LocalDate date;

  /** The last date; null for all that there is. */
  LocalDate date() {
    return date;
  }
}
