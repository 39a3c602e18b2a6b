package dev.nightdesk.generate;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.MonthDay;
import java.time.ZoneId;
import java.util.Set;

/**
 * The local days that the dumps span, numbered from 0, with the office's opening hours. Instants
 * are seconds since 1970 UTC.
 */
final class Days {

  static final int SECONDS = 86_400;

  /** Closed whatever the weekday. */
  private static final Set<MonthDay> HOLIDAYS =
      Set.of(
          MonthDay.of(1, 1),
          MonthDay.of(5, 1),
          MonthDay.of(10, 3),
          MonthDay.of(12, 25),
          MonthDay.of(12, 26));

  private final LocalDate first;
  private final ZoneId zone;
  private final int count;
  private final long[] midnights;
  private final long[] opens;
  private final long[] closes;

  Days(LocalDate first, int count, ZoneId zone) {
    this.first = first;
    this.zone = zone;
    this.count = count;
    this.midnights = new long[count + 1];
    this.opens = new long[count];
    this.closes = new long[count];
    for (int day = 0; day <= count; day++) {
      midnights[day] = date(day).atStartOfDay(zone).toEpochSecond();
    }
    for (int day = 0; day < count; day++) {
      opens[day] = localHour(day, openingHour(day));
      closes[day] = localHour(day, closingHour(day));
    }
  }

  int count() {
    return count;
  }

  ZoneId zone() {
    return zone;
  }

  LocalDate date(int day) {
    return first.plusDays(day);
  }

  long start(int day) {
    return midnights[day];
  }

  /** The first instant that belongs to no dump any more. */
  long end() {
    return midnights[count];
  }

  /** The day that holds an instant; {@link #count()} for every instant after the last. */
  int of(long instant) {
    if (instant >= end()) {
      return count;
    }
    int day = (int) Math.max(0, Math.min(count - 1, (instant - midnights[0]) / SECONDS));
    while (instant < midnights[day] && day > 0) {
      day--;
    }
    while (instant >= midnights[day + 1]) {
      day++;
    }
    return day;
  }

  /** An instant of the day, that many seconds after its midnight. */
  long at(int day, long secondsIntoDay) {
    return Math.min(midnights[day] + secondsIntoDay, midnights[day + 1] - 1);
  }

  /** The instant at which a local clock shows a full hour. */
  long localHour(int day, int hour) {
    return date(day).atTime(hour, 0).atZone(zone).toEpochSecond();
  }

  DayOfWeek weekday(int day) {
    return date(day).getDayOfWeek();
  }

  boolean isOpen(int day) {
    return closes[day] > opens[day];
  }

  boolean isHoliday(LocalDate date) {
    return HOLIDAYS.contains(MonthDay.from(date));
  }

  /** The instant at which the office has been open for so many seconds since {@code from}. */
  long afterOpenSeconds(long from, long openSeconds) {
    long left = openSeconds;
    for (int day = of(from); day < count; day++) {
      long opening = Math.max(from, opens[day]);
      long open = closes[day] - opening;
      if (open > left) {
        return opening + left;
      }
      left -= Math.max(0, open);
    }
    return end();
  }

  private int openingHour(int day) {
    return switch (weekday(day)) {
      case SATURDAY -> 10;
      case SUNDAY -> 0;
      default -> isHoliday(date(day)) ? 0 : 9;
    };
  }

  private int closingHour(int day) {
    if (isHoliday(date(day))) {
      return openingHour(day);
    }
    return switch (weekday(day)) {
      case SATURDAY -> 14;
      case SUNDAY -> 0;
      default -> 18;
    };
  }
}
