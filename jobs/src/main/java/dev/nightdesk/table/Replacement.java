package dev.nightdesk.table;

import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Rows that take the place of all rows of a table with the same key.
 *
 * @param key the columns that name what is replaced
 * @param keys one row per value of the key whose rows go, with the key's columns; a value that the
 *     table does not have is no mistake
 * @param rows what comes instead, with the columns of the table; only rows of {@code keys}
 */
public record Replacement(List<String> key, Dataset<Row> keys, Dataset<Row> rows) {

  public Replacement {
    key = List.copyOf(key);
  }
}
