package dev.nightdesk.audit;

import static org.apache.spark.sql.functions.bit_xor;
import static org.apache.spark.sql.functions.broadcast;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.when;
import static org.apache.spark.sql.functions.xxhash64;

import dev.nightdesk.table.Night;
import java.sql.Timestamp;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Already published figures of complete periods that a night changes. */
public final class Restatements {

  private static final List<String> KEY =
      List.of(
          "kpi_code",
          "grain_code",
          "period_start_at",
          "period_start_date",
          "breakdown_code",
          "member_key",
          "unit");

  private static final String[] PERIOD = {"grain_code", "period_start_at"};

  private Restatements() {}

  /**
   * What a publication changes of what the one before it said.
   *
   * @param gone rows of kpi_value in the files that go
   * @param written rows of kpi_value in the files that come: of rows that are only copied both have
   *     the same
   * @param periods grain_code, period_start_at and period_end_at of every period, of before and of
   *     now; repeats do no harm
   * @param before the night of the publication before
   * @return {@code kpi_restatement} without the publication and its night
   */
  public static Dataset<Row> of(
      Dataset<Row> gone, Dataset<Row> written, Dataset<Row> periods, Night before) {
    Dataset<Row> complete =
        periods
            .filter(col("period_end_at").leq(lit(Timestamp.from(before.asOf()))))
            .select(PERIOD[0], PERIOD[1])
            .distinct();
    Column isOld = col("is_old");
    Dataset<Row> figures = figures(gone, lit(true)).union(figures(written, lit(false)));
    return figures
        .join(broadcast(differing(figures)), PERIOD, "left_semi")
        .join(broadcast(complete), PERIOD, "left_semi")
        .groupBy(KEY.stream().map(name -> col(name)).toArray(Column[]::new))
        .agg(
            max(when(isOld, col("figure"))).as("old"),
            max(when(not(isOld), col("figure"))).as("new"))
        .filter(not(col("old").eqNullSafe(col("new"))))
        .select(
            when(col("old").isNull(), "appeared")
                .when(col("new").isNull(), "vanished")
                .otherwise("changed")
                .as("change_code"),
            col("kpi_code"),
            col("grain_code"),
            col("period_start_at"),
            col("period_start_date"),
            col("breakdown_code"),
            col("member_key"),
            col("unit"),
            col("old.value").as("old_value"),
            col("new.value").as("new_value"),
            col("old.numerator").as("old_numerator"),
            col("new.numerator").as("new_numerator"),
            col("old.denominator").as("old_denominator"),
            col("new.denominator").as("new_denominator"));
  }

  /**
   * The periods in which anything differs. Most rows are only copied with the few of their file
   * that changed; of those the hashes cancel each other out, and nothing of them is shuffled. A key
   * is in either side once, so that only equal rows of both can cancel.
   */
  private static Dataset<Row> differing(Dataset<Row> figures) {
    List<Column> hashed = new ArrayList<>();
    KEY.forEach(name -> hashed.add(col(name)));
    for (String name : List.of("value", "numerator", "denominator")) {
      hashed.add(col("figure." + name));
      // A hash passes over nulls: without this a value could move to the next column unseen.
      hashed.add(col("figure." + name).isNull());
    }
    return figures
        .groupBy(col(PERIOD[0]), col(PERIOD[1]))
        .agg(bit_xor(xxhash64(hashed.toArray(Column[]::new))).as("difference"))
        .filter(col("difference").notEqual(0))
        .select(PERIOD[0], PERIOD[1]);
  }

  private static Dataset<Row> figures(Dataset<Row> values, Column isOld) {
    List<Column> columns = new ArrayList<>();
    KEY.forEach(name -> columns.add(col(name)));
    columns.add(isOld.as("is_old"));
    columns.add(struct(col("value"), col("numerator"), col("denominator")).as("figure"));
    return values.select(columns.toArray(Column[]::new));
  }
}
