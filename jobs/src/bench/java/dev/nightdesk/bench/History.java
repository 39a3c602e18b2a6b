package dev.nightdesk.bench;

import java.nio.file.Path;
import java.time.LocalDate;

/**
 * Dumps of a desk.
 *
 * @param folder holds {@code <source>/<entity>/dt=YYYY-MM-DD/} and the configuration
 * @param tickets how many tickets were created
 * @param lastDate the date of the last dumps: the night that is measured
 */
record History(Path folder, long tickets, LocalDate lastDate) {

  /** The configuration that loads it. */
  Path config() {
    return folder.resolve("nightdesk.yaml");
  }

  /** The date of the dumps before the last ones. */
  LocalDate dateBefore() {
    return lastDate.minusDays(1);
  }

  /** Its name in files and folders. */
  String name() {
    return folder.getFileName().toString();
  }
}
