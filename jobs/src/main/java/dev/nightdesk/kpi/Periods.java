package dev.nightdesk.kpi;

import static org.apache.spark.sql.functions.add_months;
import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.date_add;
import static org.apache.spark.sql.functions.date_sub;
import static org.apache.spark.sql.functions.explode;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.from_utc_timestamp;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.month;
import static org.apache.spark.sql.functions.pmod;
import static org.apache.spark.sql.functions.sequence;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.timestamp_micros;
import static org.apache.spark.sql.functions.to_utc_timestamp;
import static org.apache.spark.sql.functions.transform;
import static org.apache.spark.sql.functions.trunc;
import static org.apache.spark.sql.functions.unix_micros;
import static org.apache.spark.sql.functions.weekday;
import static org.apache.spark.sql.functions.when;

import dev.nightdesk.table.ReportingCalendar;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** The reporting calendar as columns. The session's time zone must be UTC. */
final class Periods {

  private static final long HOUR_MICROS = 3_600_000_000L;

  private final ReportingCalendar calendar;

  Periods(ReportingCalendar calendar) {
    this.calendar = calendar;
  }

  /** The local day of an instant. */
  Column localDate(Column instant) {
    return local(instant).cast("date");
  }

  /**
   * The instant at which the local hour of an instant began: in zones of half hours that is no full
   * hour of UTC, and in the night that repeats an hour the two are told apart.
   */
  Column hourStart(Column instant) {
    return timestamp_micros(
        unix_micros(instant).minus(pmod(unix_micros(local(instant)), lit(HOUR_MICROS))));
  }

  /** The first instant of a local day. */
  Column startOf(Column date) {
    return to_utc_timestamp(date.cast("timestamp"), calendar.zone().getId());
  }

  /** The first day of the period that holds a day. */
  Column startDate(Grain grain, Column date) {
    return switch (grain) {
      case HOUR, DAY -> date;
      case WEEK ->
          // weekday is 0 on Monday, getValue is 1.
          date_sub(date, pmod(weekday(date).plus(8 - calendar.weekStart().getValue()), lit(7)));
      case MONTH -> trunc(date, "month");
      case QUARTER ->
          add_months(
              trunc(date, "month"),
              lit(0).minus(pmod(month(date).minus(calendar.fiscalYearStartMonth()), lit(3))));
    };
  }

  /**
   * The first instant after a period, by {@code grain_code}, {@code period_start_at} and {@code
   * period_start_date}.
   */
  Column end() {
    Column date = col(Parts.START_DATE);
    return when(col(Parts.GRAIN).equalTo("hour"), col(Parts.START_AT).plus(expr("INTERVAL 1 HOUR")))
        .when(col(Parts.GRAIN).equalTo("day"), startOf(date_add(date, 1)))
        .when(col(Parts.GRAIN).equalTo("week"), startOf(date_add(date, 7)))
        .when(col(Parts.GRAIN).equalTo("month"), startOf(add_months(date, 1)))
        .otherwise(startOf(add_months(date, 3)));
  }

  /** The periods of days that hold a day: an array of (grain_code, period_start_date). */
  Column holding(Column date) {
    return holding(date, Grain.OF_DAYS);
  }

  /** The periods of some grains that hold a day. */
  Column holding(Column date, List<Grain> grains) {
    return array(
        grains.stream().map(grain -> period(grain, startDate(grain, date))).toArray(Column[]::new));
  }

  /**
   * Every period of a grain of days that holds a day from first to last: an array like {@link
   * #holding}.
   */
  Column between(Grain grain, Column first, Column last) {
    String step =
        switch (grain) {
          case HOUR ->
              throw new IllegalArgumentException("Hours have rows only where something happened.");
          case DAY -> "INTERVAL 1 DAY";
          case WEEK -> "INTERVAL 7 DAY";
          case MONTH -> "INTERVAL 1 MONTH";
          case QUARTER -> "INTERVAL 3 MONTH";
        };
    return transform(
        sequence(startDate(grain, first), startDate(grain, last), expr(step)),
        date -> period(grain, date));
  }

  /**
   * Rows with grain, start and first day of each period that {@code exploded} yields of them.
   *
   * @param consumed columns that end here
   */
  Dataset<Row> in(Dataset<Row> rows, Column exploded, String... consumed) {
    return rows.withColumn("period", exploded)
        .withColumn(Parts.GRAIN, col("period." + Parts.GRAIN))
        .withColumn(Parts.START_DATE, col("period." + Parts.START_DATE))
        .withColumn(Parts.START_AT, startOf(col(Parts.START_DATE)))
        .drop("period")
        .drop(consumed);
  }

  /** Every local day from first to last, in each of its periods: what the SQL of pairs joins. */
  Dataset<Row> days(Dataset<Row> spans, String first, String last) {
    Dataset<Row> days = spans.select(explode(sequence(col(first), col(last))).as("local_date"));
    return in(days, explode(holding(col("local_date"))))
        .withColumn(Breakdown.ALL.column(), lit(Breakdown.ALL_MEMBER))
        .withColumn(Parts.END_AT, end());
  }

  private Column local(Column instant) {
    return from_utc_timestamp(instant, calendar.zone().getId());
  }

  private static Column period(Grain grain, Column startDate) {
    return struct(lit(grain.code()).as(Parts.GRAIN), startDate.as(Parts.START_DATE));
  }
}
