package dev.nightdesk.logic;

import static org.apache.spark.sql.functions.broadcast;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.concat_ws;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.raise_error;
import static org.apache.spark.sql.functions.when;

import java.util.Arrays;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.expressions.Window;

/** Joins that say how many rows they may find. */
public final class Joins {

  private Joins() {}

  /**
   * Every left row with its right row, if there is one.
   *
   * @throws RuntimeException while running, if the right side has two rows of one key; the message
   *     names the key
   */
  public static Dataset<Row> zeroOrOne(Dataset<Row> left, Dataset<Row> right, String... key) {
    return left.join(unique(right, key), key, "left");
  }

  /**
   * Like {@link #zeroOrOne}, for a right side that fits in the memory of every task: the left rows
   * stay where they are.
   *
   * @throws RuntimeException while running, if the right side has two rows of one key; the message
   *     names the key
   */
  public static Dataset<Row> zeroOrOneOfFew(Dataset<Row> left, Dataset<Row> right, String... key) {
    return left.join(broadcast(unique(right, key)), key, "left");
  }

  /**
   * Every left row with its right row; the caller knows that there is one.
   *
   * @throws RuntimeException while running, if the right side has two rows of one key; the message
   *     names the key
   */
  public static Dataset<Row> exactlyOne(Dataset<Row> left, Dataset<Row> right, String... key) {
    return left.join(unique(right, key), key, "inner");
  }

  /**
   * Every left row with all its right rows: rows multiply.
   *
   * @param why the reason why they should, for the reader
   */
  public static Dataset<Row> many(
      Dataset<Row> left, Dataset<Row> right, Column condition, String why) {
    if (why.isBlank()) {
      throw new IllegalArgumentException("Joins.many multiplies rows: say why.");
    }
    return left.join(right, condition, "inner");
  }

  /**
   * The rows whose key is among some, each once.
   *
   * @param keys with the columns {@code key}, repeats or not; it fits in the memory of every task
   */
  public static Dataset<Row> among(Dataset<Row> rows, Dataset<Row> keys, String... key) {
    return inOrder(rows, rows.join(broadcast(keys.select(columns(key))), key, "left_semi"));
  }

  /**
   * The rows whose key is not among some; a key with a null is not.
   *
   * @param keys with the columns {@code key}, repeats or not; it fits in the memory of every task
   */
  public static Dataset<Row> notAmong(Dataset<Row> rows, Dataset<Row> keys, String... key) {
    return inOrder(rows, rows.join(broadcast(keys.select(columns(key))), key, "left_anti"));
  }

  /** A join by names puts them first; these rows should stay what they were, for unions. */
  private static Dataset<Row> inOrder(Dataset<Row> rows, Dataset<Row> joined) {
    return joined.select(columns(rows.columns()));
  }

  private static Column[] columns(String... names) {
    return Arrays.stream(names).map(name -> col(name)).toArray(Column[]::new);
  }

  private static Dataset<Row> unique(Dataset<Row> right, String... key) {
    Column[] keys = columns(key);
    String rows = "_rows_of_key";
    Column duplicate =
        raise_error(
            concat_ws(
                " ",
                lit(
                    "A join by "
                        + String.join(", ", key)
                        + " expects one row of a key, but found several of"),
                concat_ws(", ", keys),
                lit(". Make the right side unique, or use Joins.many with the reason.")));
    return right
        .withColumn(rows, count(lit(1)).over(Window.partitionBy(keys)))
        .withColumn(rows, when(col(rows).gt(1), duplicate.cast("bigint")).otherwise(col(rows)))
        .filter(col(rows).isNotNull())
        .drop(rows);
  }
}
