package dev.nightdesk.table;

import java.io.Serializable;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Objects;

/**
 * The one place where time enters: a night publishes every figure as of the end of its logical
 * date.
 *
 * @param logicalDate the latest ingested day, in the reporting zone
 * @param calendar reporting zone, first day of the week, first month of the fiscal year
 * @param definitions the numbers that definitions leave open: cut-points, windows, default targets
 */
public record Night(LocalDate logicalDate, ReportingCalendar calendar, Definitions definitions)
    implements Serializable {

  public Night {
    Objects.requireNonNull(logicalDate, "logicalDate");
    Objects.requireNonNull(calendar, "calendar");
    Objects.requireNonNull(definitions, "definitions");
  }

  /**
   * The first instant that is not known any more: the end of the logical date in the reporting
   * zone.
   */
  public Instant asOf() {
    return logicalDate.plusDays(1).atStartOfDay(calendar.zone()).toInstant();
  }

  /** The reporting zone. */
  public ZoneId zone() {
    return calendar.zone();
  }
}
