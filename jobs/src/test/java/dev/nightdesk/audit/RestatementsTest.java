package dev.nightdesk.audit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nightdesk.SparkTestBase;
import dev.nightdesk.run.DefaultDefinitions;
import dev.nightdesk.table.Night;
import dev.nightdesk.table.ReportingCalendar;
import java.sql.Date;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.LocalDate;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.junit.jupiter.api.Test;

class RestatementsTest extends SparkTestBase {

  private static final Night BEFORE =
      new Night(LocalDate.of(2026, 1, 2), ReportingCalendar.UTC, DefaultDefinitions.VALUE);

  private static Row figure(
      String kpi, int day, Double numerator, Double denominator, double value) {
    return RowFactory.create(
        kpi,
        "day",
        at(day),
        Date.valueOf(LocalDate.of(2026, 1, day)),
        "all",
        "all",
        numerator,
        denominator,
        value,
        "tickets");
  }

  private static Timestamp at(int day) {
    return Timestamp.from(Instant.parse("2026-01-0%dT00:00:00Z".formatted(day)));
  }

  private static Dataset<Row> values(Row... rows) {
    return rows(
        "kpi_code string, grain_code string, period_start_at timestamp, period_start_date date,"
            + " breakdown_code string, member_key string, numerator double, denominator double,"
            + " value double, unit string",
        rows);
  }

  @Test
  void onlyFiguresOfCompletePeriodsThatDifferAreRestated() {
    Dataset<Row> gone =
        values(
            figure("changes", 1, 1.0, 2.0, 0.5),
            figure("stays", 1, 3.0, null, 3),
            figure("vanishes", 2, 4.0, null, 4),
            figure("is_not_over", 3, 5.0, null, 5));
    Dataset<Row> written =
        values(
            figure("changes", 1, 2.0, 4.0, 0.5),
            figure("stays", 1, 3.0, null, 3),
            figure("appears", 1, null, null, 7),
            figure("is_not_over", 3, 6.0, null, 6));
    Dataset<Row> periods =
        rows(
            "grain_code string, period_start_at timestamp, period_end_at timestamp",
            RowFactory.create("day", at(1), at(2)),
            RowFactory.create("day", at(1), at(2)),
            RowFactory.create("day", at(2), at(3)),
            RowFactory.create("day", at(3), at(4)));

    assertThat(
            Restatements.of(gone, written, periods, BEFORE)
                .select(
                    "change_code",
                    "kpi_code",
                    "old_value",
                    "new_value",
                    "old_denominator",
                    "new_denominator")
                .collectAsList()
                .stream()
                .map(Row::toString))
        .containsExactlyInAnyOrder(
            "[changed,changes,0.5,0.5,2.0,4.0]",
            "[vanished,vanishes,4.0,null,null,null]",
            "[appeared,appears,null,7.0,null,null]");
  }

  @Test
  void aNumberThatMovesToTheNextColumnIsRestated() {
    Dataset<Row> periods =
        rows(
            "grain_code string, period_start_at timestamp, period_end_at timestamp",
            RowFactory.create("day", at(1), at(2)));

    assertThat(
            Restatements.of(
                    values(figure("moves", 1, 2.0, null, 1)),
                    values(figure("moves", 1, null, 2.0, 1)),
                    periods,
                    BEFORE)
                .select("change_code", "new_denominator")
                .collectAsList()
                .stream()
                .map(Row::toString))
        .containsExactly("[changed,2.0]");
  }
}
