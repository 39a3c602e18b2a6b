package dev.nightdesk.update;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.min;

import java.util.Arrays;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Which rows of a table are not what they were. */
final class Differences {

  private static final String SIDE = "_side";

  private Differences() {}

  /**
   * The keys whose rows came, went or changed in any column; nulls are equal.
   *
   * @param before the rows as they were
   * @param after the rows as they are, with the same columns
   */
  static Dataset<Row> keys(Dataset<Row> before, Dataset<Row> after, String... key) {
    Column[] all = columns(after.columns());
    return before
        .withColumn(SIDE, lit(0))
        .unionByName(after.withColumn(SIDE, lit(1)))
        .groupBy(all)
        .agg(min(SIDE).as("_first"), max(SIDE).as("_last"))
        .filter(col("_first").equalTo(col("_last")))
        .select(columns(key))
        .distinct();
  }

  private static Column[] columns(String... names) {
    return Arrays.stream(names).map(name -> col(name)).toArray(Column[]::new);
  }
}
