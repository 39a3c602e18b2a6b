package dev.nightdesk.table;

import java.io.Serializable;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.temporal.TemporalAdjusters;
import java.util.Objects;

/**
 * How instants become days, weeks, months and quarters. One for the whole warehouse.
 *
 * @param zone the zone whose midnight ends a day
 * @param weekStart the first day of a week
 * @param fiscalYearStartMonth the month (1 to 12) that begins the first quarter; 1 for calendar
 *     quarters
 */
public record ReportingCalendar(ZoneId zone, DayOfWeek weekStart, int fiscalYearStartMonth)
    implements Serializable {

  /** UTC, weeks from Monday, calendar quarters. */
  public static final ReportingCalendar UTC =
      new ReportingCalendar(ZoneId.of("UTC"), DayOfWeek.MONDAY, 1);

  public ReportingCalendar {
    Objects.requireNonNull(zone, "zone");
    Objects.requireNonNull(weekStart, "weekStart");
    if (fiscalYearStartMonth < 1 || fiscalYearStartMonth > 12) {
      throw new IllegalArgumentException(
          "fiscal-year-start-month is %d; give a month from 1 to 12."
              .formatted(fiscalYearStartMonth));
    }
  }

  /** The first day of the week that holds {@code day}. */
  public LocalDate weekStart(LocalDate day) {
    return day.with(TemporalAdjusters.previousOrSame(weekStart));
  }

  /** The first day of the month that holds {@code day}. */
  public LocalDate monthStart(LocalDate day) {
    return day.withDayOfMonth(1);
  }

  /** The first day of the (fiscal) quarter that holds {@code day}. */
  public LocalDate quarterStart(LocalDate day) {
    int monthsIntoQuarter = Math.floorMod(day.getMonthValue() - fiscalYearStartMonth, 3);
    return day.withDayOfMonth(1).minusMonths(monthsIntoQuarter);
  }
}
