package dev.nightdesk.history;

import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.array_union;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.collect_list;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.sort_array;
import static org.apache.spark.sql.functions.struct;

import dev.nightdesk.logic.LatestPerKey;
import java.util.Arrays;
import java.util.function.Function;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataType;

/**
 * Staged records whose parts are delivered as records of their own: calls with their legs,
 * schedules with their holidays. Whoever reads logs through this need not know that there are
 * parts.
 */
public final class Parts {

  private static final String PARTS = "_parts";

  private Parts() {}

  /**
   * The rows of a log, with the parts that another log delivers.
   *
   * @param table the log
   * @param logs gives the rows of a log
   */
  public static Dataset<Row> staged(String table, Function<String, Dataset<Row>> logs) {
    Dataset<Row> rows = logs.apply(table);
    return switch (table) {
      case "stg_call" -> withLegs(rows, logs.apply("stg_call_leg"));
      case "stg_schedule" -> withHolidays(rows, logs.apply("stg_schedule_holiday"));
      default -> rows;
    };
  }

  /**
   * The rows of a log that came, and those of which a part came.
   *
   * @param logs gives the rows of a log
   * @param arrived gives those that came
   */
  public static Dataset<Row> arrived(
      String table, Function<String, Dataset<Row>> logs, Function<String, Dataset<Row>> arrived) {
    Dataset<Row> rows = arrived.apply(table);
    return switch (table) {
      case "stg_call" -> withWholesOf(rows, "call_key", logs, arrived, table, "stg_call_leg");
      case "stg_schedule" ->
          withWholesOf(rows, "schedule_key", logs, arrived, table, "stg_schedule_holiday");
      default -> rows;
    };
  }

  private static Dataset<Row> withWholesOf(
      Dataset<Row> rows,
      String key,
      Function<String, Dataset<Row>> logs,
      Function<String, Dataset<Row>> arrived,
      String table,
      String partTable) {
    Dataset<Row> parts = arrived.apply(partTable);
    return parts.isEmpty()
        ? rows
        : rows.union(
            staged(table, logs)
                .join(parts.select(key).distinct(), new String[] {key}, "left_semi")
                .select(columns(rows)));
  }

  /** Legs of their own go before what the call itself tells. */
  private static Dataset<Row> withLegs(Dataset<Row> calls, Dataset<Row> legs) {
    if (legs.isEmpty()) {
      return calls;
    }
    Dataset<Row> ofCalls =
        LatestPerKey.of(legs, "call_key", "leg_id")
            .groupBy("call_key")
            .agg(
                sort_array(
                        collect_list(
                            struct(
                                col("leg_id"),
                                col("agent_key"),
                                col("talk_seconds"),
                                col("hold_seconds"),
                                col("wrap_up_seconds"))))
                    .as(PARTS));
    return replaced(calls, ofCalls, "call_key", "legs", coalesce(col(PARTS), col("legs")));
  }

  /** Holidays of their own stand beside those that the schedule itself tells. */
  private static Dataset<Row> withHolidays(Dataset<Row> schedules, Dataset<Row> holidays) {
    if (holidays.isEmpty()) {
      return schedules;
    }
    DataType type = schedules.schema().apply("holidays").dataType();
    Column none = array().cast(type);
    Dataset<Row> ofSchedules =
        LatestPerKey.of(holidays, "schedule_key", "holiday_id")
            .filter(not(col("is_deleted")))
            .groupBy("schedule_key")
            .agg(sort_array(collect_list(struct(col("first_date"), col("last_date")))).as(PARTS));
    return replaced(
        schedules,
        ofSchedules,
        "schedule_key",
        "holidays",
        array_union(coalesce(col("holidays"), none), coalesce(col(PARTS), none)));
  }

  private static Dataset<Row> replaced(
      Dataset<Row> wholes, Dataset<Row> parts, String key, String column, Column value) {
    return wholes
        .join(parts, new String[] {key}, "left")
        .withColumn(column, value)
        .select(columns(wholes));
  }

  private static Column[] columns(Dataset<Row> rows) {
    return Arrays.stream(rows.columns()).map(name -> col(name)).toArray(Column[]::new);
  }
}
