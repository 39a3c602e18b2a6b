package dev.nightdesk.run;

import java.time.LocalDate;
import java.util.Locale;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Says what a run is doing, table by table, and how long it took. */
final class Progress {

  private static final Logger LOG = LoggerFactory.getLogger("dev.nightdesk");

  /** A line of progress. */
  void say(String message) {
    LOG.info(message);
  }

  /** A generated day is complete. */
  void generated(LocalDate day, int dayNumber, int days, long tickets) {
    if (dayNumber % 30 == 0 || dayNumber == days) {
      LOG.info(
          String.format(
              Locale.ROOT, "%s  day %d of %d  %,d tickets", day, dayNumber, days, tickets));
    }
  }

  /** A table is written. */
  void written(TableRun table) {
    LOG.info(
        String.format(
            Locale.ROOT,
            "%-24s %,12d rows  version %d  %.1f s",
            table.table(),
            table.rowCount(),
            table.version(),
            table.seconds()));
  }
}
