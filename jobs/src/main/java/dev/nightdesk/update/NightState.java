package dev.nightdesk.update;

import dev.nightdesk.table.Replacement;
import java.util.Map;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * The staged logs and the tables as a night sees them that changes some of their rows: as published
 * before it, and as it leaves them.
 */
public interface NightState {

  /** The rows of a staged table that count tonight: of files ingested and not superseded. */
  Dataset<Row> staged(String table);

  /**
   * Of these the rows of some keys; files that cannot hold any are not read.
   *
   * @param keys kept, with the column {@code key}, repeats or not
   */
  Dataset<Row> staged(String table, Dataset<Row> keys, String key);

  /** The rows of a staged table that counted in the publication before. */
  Dataset<Row> stagedBefore(String table);

  /**
   * The rows of a staged table that count tonight and did not before, and those that did and do not
   * any more. Without any the data set is empty at first sight, so that no job is spent on it.
   */
  Dataset<Row> arrived(String table);

  /** A dim or fact as published before. */
  Dataset<Row> before(String table);

  /** The same, filtered; files that cannot hold such rows are not read. */
  Dataset<Row> before(String table, Column condition);

  /**
   * The rows of some keys; files that cannot hold any are not read.
   *
   * @param keys kept, with the column {@code key}, repeats or not
   */
  Dataset<Row> before(String table, Dataset<Row> keys, String key);

  /** A dim or fact with what the night has changed so far. */
  Dataset<Row> tonight(String table);

  /** Replaces rows of tables, side by side. Where nothing is touched, nothing is written. */
  void replace(Map<String, Replacement> rows);

  /** Gives tables their whole new content, side by side. Only what differs is written. */
  void update(Map<String, Dataset<Row>> whole);

  /** Computes rows now, and gives them back as kept for the rest of the night. */
  Dataset<Row> keep(String name, Dataset<Row> rows);
}
