package dev.nightdesk.logic;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.max_by;
import static org.apache.spark.sql.functions.struct;

import java.util.Arrays;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * The newest version of each record of a staged table: by version_at, then dt, then content_hash.
 */
public final class LatestPerKey {

  private LatestPerKey() {}

  /**
   * One row per key, with the columns of {@code versions}.
   *
   * @param key the columns that name a record; nulls are equal
   */
  public static Dataset<Row> of(Dataset<Row> versions, String... key) {
    Column[] keys = Arrays.stream(key).map(name -> col(name)).toArray(Column[]::new);
    Column version = struct(col("version_at"), col("dt"), col("content_hash"));
    return versions
        .groupBy(keys)
        .agg(max_by(struct(col("*")), version).as("_newest"))
        .select("_newest.*");
  }
}
