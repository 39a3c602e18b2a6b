package dev.nightdesk.dim;

import static org.apache.spark.sql.functions.min;

import dev.nightdesk.history.TicketHistory;
import dev.nightdesk.logic.Micros;
import dev.nightdesk.table.Inputs;
import dev.nightdesk.table.Night;
import dev.nightdesk.table.ReportingCalendar;
import dev.nightdesk.table.Table;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.StructType;

/**
 * {@code dim_date}: the local days from the first counted ticket to the night, by the reporting
 * zone's rules.
 */
public final class DimDate implements Table {

  private static final StructType DAYS =
      StructType.fromDDL(
          """
          local_date int, started_at bigint, ended_at bigint, week_start_date int, month_start_date int,
          quarter_start_date int, day_of_week int, hour_count int
          """);

  @Override
  public String name() {
    return "dim_date";
  }

  @Override
  public List<String> inputs() {
    return List.of(TicketHistory.NAME);
  }

  @Override
  public Dataset<Row> build(Inputs inputs, Night night) {
    ReportingCalendar calendar = night.calendar();
    LocalDate last = night.logicalDate();
    FlatMapFunction<Row, Row> toDays =
        first ->
            first.isNullAt(0) ? List.<Row>of().iterator() : days(first.getLong(0), last, calendar);
    return inputs
        .get(TicketHistory.NAME)
        .filter("is_counted")
        .agg(min("created_at"))
        .flatMap(toDays, Encoders.row(DAYS))
        .selectExpr(
            "date_from_unix_date(local_date) AS local_date",
            "timestamp_micros(started_at) AS started_at",
            "timestamp_micros(ended_at) AS ended_at",
            "date_from_unix_date(week_start_date) AS week_start_date",
            "date_from_unix_date(month_start_date) AS month_start_date",
            "date_from_unix_date(quarter_start_date) AS quarter_start_date",
            "day_of_week",
            "hour_count");
  }

  private static Iterator<Row> days(
      long firstCreatedAt, LocalDate last, ReportingCalendar calendar) {
    LocalDate first = LocalDate.ofInstant(Micros.instant(firstCreatedAt), calendar.zone());
    return first.datesUntil(last.plusDays(1)).map(day -> day(day, calendar)).iterator();
  }

  private static Row day(LocalDate day, ReportingCalendar calendar) {
    Instant start = day.atStartOfDay(calendar.zone()).toInstant();
    Instant end = day.plusDays(1).atStartOfDay(calendar.zone()).toInstant();
    return RowFactory.create(
        epochDay(day),
        Micros.of(start),
        Micros.of(end),
        epochDay(calendar.weekStart(day)),
        epochDay(calendar.monthStart(day)),
        epochDay(calendar.quarterStart(day)),
        day.getDayOfWeek().getValue(),
        (int) Duration.between(start, end).toHours());
  }

  private static int epochDay(LocalDate day) {
    return (int) day.toEpochDay();
  }
}
