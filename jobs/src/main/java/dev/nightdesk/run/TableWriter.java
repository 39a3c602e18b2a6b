package dev.nightdesk.run;

import dev.nightdesk.contract.TableContract;
import dev.nightdesk.io.DeltaTables;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Writes tables, says so, and remembers how long each took. */
final class TableWriter {

  /** A small write is mostly Delta's own work on one thread; three keep two cores busy. */
  private static final int WRITERS = 3;

  private final DeltaTables tables;
  private final Progress progress;

  TableWriter(DeltaTables tables, Progress progress) {
    this.tables = tables;
    this.progress = progress;
  }

  /**
   * Rows for a table.
   *
   * @param contract the table
   * @param rows what to write
   * @param inputFileCount raw files that they come of; 0 for tables made of tables
   */
  record Rows(TableContract contract, Dataset<Row> rows, long inputFileCount) {}

  /** Writes one table. */
  TableRun write(DeltaTables.Change change, Rows rows) {
    long start = System.nanoTime();
    DeltaTables.Written written = tables.write(rows.contract(), change, rows.rows());
    TableRun run =
        new TableRun(
            rows.contract().table(),
            written.version(),
            written.rowCount(),
            (System.nanoTime() - start) / 1e9,
            rows.inputFileCount());
    progress.written(run);
    return run;
  }

  /** Writes tables side by side; the first failure ends them all. */
  List<TableRun> write(DeltaTables.Change change, List<Rows> all) {
    ExecutorService writers = Executors.newFixedThreadPool(WRITERS);
    try {
      List<Future<TableRun>> running = new ArrayList<>();
      all.forEach(rows -> running.add(writers.submit(() -> write(change, rows))));
      List<TableRun> written = new ArrayList<>();
      for (Future<TableRun> write : running) {
        written.add(write.get());
      }
      return written;
    } catch (ExecutionException e) {
      throw new IllegalStateException(
          "A table could not be written: " + e.getCause().getMessage(), e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("The run was interrupted while it wrote tables", e);
    } finally {
      writers.shutdownNow();
    }
  }
}
