package dev.nightdesk.logic;

import java.io.Serializable;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;

/**
 * The business hours of a schedule through its history.
 *
 * <p>A version holds until the next one begins; the earliest holds from the beginning of time,
 * because nothing better is known of the time before it.
 *
 * @param versions at least one, sorted by the constructor
 */
public record Schedule(List<Version> versions) implements Serializable {

  public Schedule {
    if (versions.isEmpty()) {
      throw new IllegalArgumentException(
          "A schedule needs at least one version; without hours use BusinessTime.ALWAYS.");
    }
    versions =
        versions.stream()
            .sorted(
                Comparator.comparing(
                    Version::validFrom, Comparator.nullsFirst(Comparator.naturalOrder())))
            .toList();
  }

  /**
   * The hours from one instant on.
   *
   * @param validFrom first instant, in microseconds; null: from the beginning
   * @param zone the zone of hours and holidays
   * @param hours the open hours of a week, possibly several a day, overlaps allowed
   * @param holidays closed local days
   */
  public record Version(Long validFrom, ZoneId zone, List<Hours> hours, List<Holiday> holidays)
      implements Serializable {

    public Version {
      Objects.requireNonNull(zone, "zone");
      hours = List.copyOf(hours);
      holidays = List.copyOf(holidays);
    }

    boolean isClosedOn(LocalDate day) {
      return holidays.stream().anyMatch(holiday -> holiday.holds(day));
    }
  }

  /**
   * Open hours that begin on one day of the week.
   *
   * @param day the local day on which they begin
   * @param opensMinute minutes after local midnight, 0 to 1439
   * @param closesMinute minutes after local midnight, 0 to 1440; at or before opening: on the next
   *     day
   */
  public record Hours(DayOfWeek day, int opensMinute, int closesMinute) implements Serializable {

    /**
     * Hours as text.
     *
     * @param opens HH:mm
     * @param closes HH:mm or 24:00
     * @throws IllegalArgumentException if a text is no time of day
     */
    public static Hours of(DayOfWeek day, String opens, String closes) {
      int opensMinute = minuteOfDay(opens);
      if (opensMinute == 1440) {
        throw new IllegalArgumentException("Hours open at 24:00. Write 00:00 of the next day.");
      }
      return new Hours(day, opensMinute, minuteOfDay(closes));
    }

    /** Minutes after the midnight of the opening day. */
    int closesAfterMinutes() {
      return closesMinute <= opensMinute ? closesMinute + 1440 : closesMinute;
    }

    private static int minuteOfDay(String time) {
      if (time != null && time.matches("([01]\\d|2[0-3]):[0-5]\\d|24:00")) {
        return Integer.parseInt(time.substring(0, 2)) * 60 + Integer.parseInt(time.substring(3));
      }
      throw new IllegalArgumentException(
          "Business hours say %s. Write a local time as HH:mm, at most 24:00.".formatted(time));
    }
  }

  /** Closed local days, both ends included. */
  public record Holiday(LocalDate first, LocalDate last) implements Serializable {

    boolean holds(LocalDate day) {
      return !day.isBefore(first) && !day.isAfter(last);
    }
  }
}
