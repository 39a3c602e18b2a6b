package dev.nightdesk.kpi;

import static org.apache.spark.sql.functions.col;
import static org.assertj.core.api.Assertions.assertThat;

import dev.nightdesk.SparkTestBase;
import dev.nightdesk.table.ReportingCalendar;
import java.sql.Date;
import java.sql.Timestamp;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.junit.jupiter.api.Test;

class PeriodsTest extends SparkTestBase {

  @Test
  void everyDayFallsIntoTheWeekMonthAndQuarterOfTheCalendar() {
    ReportingCalendar calendar =
        new ReportingCalendar(ZoneId.of("Europe/Berlin"), DayOfWeek.SUNDAY, 2);
    Periods periods = new Periods(calendar);
    Row[] days =
        IntStream.range(0, 800)
            .mapToObj(
                day -> RowFactory.create(Date.valueOf(LocalDate.of(2023, 12, 1).plusDays(day))))
            .toArray(Row[]::new);

    List<Row> found =
        rows("day date", days)
            .select(
                col("day"),
                periods.startDate(Grain.WEEK, col("day")),
                periods.startDate(Grain.MONTH, col("day")),
                periods.startDate(Grain.QUARTER, col("day")),
                periods.startOf(col("day")))
            .collectAsList();

    assertThat(found)
        .hasSize(800)
        .allSatisfy(
            row -> {
              LocalDate day = row.getDate(0).toLocalDate();
              assertThat(row.getDate(1).toLocalDate()).isEqualTo(calendar.weekStart(day));
              assertThat(row.getDate(2).toLocalDate()).isEqualTo(calendar.monthStart(day));
              assertThat(row.getDate(3).toLocalDate()).isEqualTo(calendar.quarterStart(day));
              assertThat(row.getTimestamp(4).toInstant())
                  .isEqualTo(day.atStartOfDay(calendar.zone()).toInstant());
            });
  }

  @Test
  void hoursOfAZoneOfHalfHoursBeginAtTheLocalHour() {
    Periods kolkata =
        new Periods(new ReportingCalendar(ZoneId.of("Asia/Kolkata"), DayOfWeek.MONDAY, 1));

    Row found =
        rows(
                "at timestamp",
                RowFactory.create(Timestamp.from(Instant.parse("2026-03-01T18:45:00Z"))))
            .select(kolkata.hourStart(col("at")), kolkata.localDate(col("at")))
            .head();

    assertThat(found.getTimestamp(0).toInstant()).isEqualTo(Instant.parse("2026-03-01T18:30:00Z"));
    assertThat(found.getDate(1)).isEqualTo(Date.valueOf("2026-03-02"));
  }
}
