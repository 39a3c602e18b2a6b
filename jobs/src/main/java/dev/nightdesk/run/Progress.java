package dev.nightdesk.run;

import dev.nightdesk.contract.TableContract;
import dev.nightdesk.io.DeltaTables;
import java.time.LocalDate;
import java.util.Locale;
import java.util.function.LongSupplier;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Says what a run is doing, table by table, and how long it took. */
final class Progress {

  private static final Logger LOG = LoggerFactory.getLogger("dev.nightdesk");

  private final LongSupplier nanoTime;

  Progress(LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
  }

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

  /** Writes a table and says so. */
  TableRun table(
      String table,
      long inputFiles,
      DeltaTables tables,
      TableContract contract,
      DeltaTables.Change change,
      Dataset<Row> rows) {
    long start = nanoTime.getAsLong();
    DeltaTables.Written written = tables.write(contract, change, rows);
    double seconds = (nanoTime.getAsLong() - start) / 1e9;
    LOG.info(
        String.format(
            Locale.ROOT,
            "%-24s %,12d rows  version %d  %.1f s",
            table,
            written.rowCount(),
            written.version(),
            seconds));
    return new TableRun(table, written.version(), written.rowCount(), seconds, inputFiles);
  }
}
