package dev.nightdesk.kpi;

import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.array_except;
import static org.apache.spark.sql.functions.array_union;
import static org.apache.spark.sql.functions.broadcast;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.date_sub;
import static org.apache.spark.sql.functions.explode;
import static org.apache.spark.sql.functions.lead;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.sequence;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.when;

import dev.nightdesk.table.Night;
import java.time.LocalDate;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.expressions.Window;
import org.apache.spark.sql.expressions.WindowSpec;

/**
 * Which periods a change of parts reaches beyond those in which it lies: through levels that are
 * carried on, members that are there longer or shorter, and periods that time completes.
 */
final class Touching {

  static final String DAY = "local_date";

  private final List<String> running;
  private final Night before;
  private final Night now;
  private final Periods periods;

  Touching(List<Topic> topics, Night before, Night now) {
    this.running = Parts.running(topics);
    this.before = before;
    this.now = now;
    this.periods = new Periods(now.calendar());
  }

  /**
   * The days at whose end a level is another than before, and those within which one is: an event
   * that moved from one hour to another changes the hours between.
   *
   * @param changes of parts
   */
  Dataset<Row> daysOfLevels(Dataset<Row> changes) {
    Column isChange = lit(false);
    Column isApart = lit(false);
    WindowSpec inOrder =
        Window.partitionBy(col(Parts.BREAKDOWN), col(Parts.MEMBER)).orderBy(col(Parts.START_DATE));
    for (String name : running) {
      isChange = isChange.or(col(name).notEqual(0));
      isApart = isApart.or(sum(col(name)).over(inOrder).notEqual(0));
    }
    Dataset<Row> moved = changes.filter(isChange);
    Column until =
        coalesce(date_sub(lead(col(Parts.START_DATE), 1).over(inOrder), 1), lit(now.logicalDate()));
    Dataset<Row> apart =
        moved
            .filter(col(Parts.GRAIN).equalTo(Grain.DAY.code()))
            .select(col(Parts.START_DATE), until.as("until_date"), isApart.as("is_apart"))
            .filter(col("is_apart").and(col("until_date").geq(col(Parts.START_DATE))))
            .select(explode(sequence(col(Parts.START_DATE), col("until_date"))).as(DAY));
    Dataset<Row> within =
        moved
            .filter(col(Parts.GRAIN).equalTo(Grain.HOUR.code()))
            .select(col(Parts.START_DATE).as(DAY));
    return apart.union(within).distinct();
  }

  /** The days that a member's span gained or lost. */
  Dataset<Row> daysOfSpans(Dataset<Row> spans) {
    Column was = days(Spans.FIRST_BEFORE, Spans.LAST_BEFORE);
    Column is = days(Spans.FIRST, Spans.LAST);
    return spans
        .filter(
            not(
                col(Spans.FIRST_BEFORE)
                    .eqNullSafe(col(Spans.FIRST))
                    .and(col(Spans.LAST_BEFORE).eqNullSafe(col(Spans.LAST)))))
        .select(explode(array_union(array_except(was, is), array_except(is, was))).as(DAY))
        .distinct();
  }

  /** The days on which some members are there. */
  Dataset<Row> daysOfMembers(Dataset<Row> spans, Dataset<Row> members) {
    return spans
        .join(broadcast(members), new String[] {Parts.MEMBER}, "left_semi")
        .filter(col(Spans.FIRST).isNotNull())
        .select(explode(sequence(col(Spans.FIRST), col(Spans.LAST))).as(DAY))
        .distinct();
  }

  /** The periods of days that hold any of these days. */
  Dataset<Row> holding(Dataset<Row> days) {
    return periods
        .in(days, explode(periods.holding(col(DAY))), DAY)
        .select(TouchedPeriods.columns());
  }

  /** The periods of days that were not complete before and are now. */
  Dataset<Row> completed(SparkSession session) {
    LocalDate last = before.logicalDate();
    Dataset<Row> day = session.range(1).select(lit(last).as(DAY));
    return holding(day)
        .filter(periods.end().gt(lit(before.asOf())).and(periods.end().leq(lit(now.asOf()))));
  }

  private static Column days(String first, String last) {
    return when(col(first).isNotNull(), sequence(col(first), col(last)))
        .otherwise(array().cast("array<date>"));
  }
}
