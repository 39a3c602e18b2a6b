package dev.nightdesk.kpi;

import static org.apache.spark.sql.functions.broadcast;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.min;

import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Periods that are computed anew, with all their members.
 *
 * @param periods grain, start and first day of each, once
 * @param bounds per grain the first and the last start
 */
record TouchedPeriods(Dataset<Row> periods, List<Row> bounds) {

  static final String FIRST = "first_start_at";
  static final String LAST = "last_start_at";

  static final List<String> COLUMNS = List.of(Parts.GRAIN, Parts.START_AT, Parts.START_DATE);

  /** The periods that rows lie in; {@code rows} are read twice. */
  static TouchedPeriods of(Dataset<Row> rows) {
    Dataset<Row> periods = rows.select(columns()).distinct();
    List<Row> bounds =
        periods
            .groupBy(col(Parts.GRAIN))
            .agg(min(col(Parts.START_AT)).as(FIRST), max(col(Parts.START_AT)).as(LAST))
            .collectAsList();
    return new TouchedPeriods(periods, bounds);
  }

  boolean isEmpty() {
    return bounds.isEmpty();
  }

  /** What all rows of these periods meet, and few others: files are chosen by it. */
  Column condition() {
    Column condition = lit(false);
    for (Row bound : bounds) {
      condition =
          condition.or(
              col(Parts.GRAIN)
                  .equalTo(bound.<String>getAs(Parts.GRAIN))
                  .and(col(Parts.START_AT).geq(bound.getAs(FIRST)))
                  .and(col(Parts.START_AT).leq(bound.getAs(LAST))));
    }
    return condition;
  }

  /** Rows of these periods. */
  Dataset<Row> in(Dataset<Row> rows) {
    return rows.join(broadcast(keys()), names(), "left_semi");
  }

  /** Rows of all other periods. */
  Dataset<Row> notIn(Dataset<Row> rows) {
    return rows.join(broadcast(keys()), names(), "left_anti");
  }

  /** Grain and start of each. */
  Dataset<Row> keys() {
    return periods.select(col(Parts.GRAIN), col(Parts.START_AT));
  }

  /** The bounds as rows. */
  Dataset<Row> boundRows() {
    return periods.sparkSession().createDataFrame(bounds, bounds.get(0).schema());
  }

  private static String[] names() {
    return Parts.PERIOD.toArray(String[]::new);
  }

  static Column[] columns() {
    return COLUMNS.stream().map(name -> col(name)).toArray(Column[]::new);
  }
}
