package dev.nightdesk.histories;

import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;

/**
 * One of the nights in which histories come.
 *
 * @param number from 1
 * @param kind what it brings
 * @param date its logical date
 * @param dumpDates the dates of the dumps that it brings, the latest first
 */
public record NightPlan(int number, Kind kind, LocalDate date, List<LocalDate> dumpDates) {

  /** What a night brings. */
  public enum Kind {
    /** Dumps of its own date and of some before it. */
    USUAL,
    /** Dumps of dates that were there before: as of stays. */
    LATE,
    /** Dumps without records: only time passes. */
    EMPTY
  }

  private static final int LONGEST_WAIT = 18;

  /** The first instant that is not known in it. */
  public Instant asOf() {
    return date.plusDays(1).atStartOfDay(Story.ZONE).toInstant();
  }

  /**
   * Nights over the days of the histories and some after them.
   *
   * @param count of 3 and more one is empty, of 4 and more one is late
   */
  public static List<NightPlan> some(Chance chance, int count) {
    List<Kind> kinds = new ArrayList<>();
    for (int i = 1; i < count; i++) {
      kinds.add(i == 2 ? Kind.EMPTY : i == 3 ? Kind.LATE : Kind.USUAL);
    }
    chance.shuffle(kinds);
    kinds.add(0, Kind.USUAL);
    long moving = kinds.stream().filter(kind -> kind != Kind.LATE).count();
    List<NightPlan> plans = new ArrayList<>();
    LocalDate date = Story.FIRST_DAY.plusDays(chance.between(4, 6));
    LocalDate before = Story.FIRST_DAY.minusDays(1);
    for (int i = 0; i < kinds.size(); i++) {
      Kind kind = kinds.get(i);
      if (i > 0 && kind != Kind.LATE) {
        int longest = kind == Kind.EMPTY ? 3 : (int) Math.max(3, LONGEST_WAIT / (moving - 1));
        before = date;
        date = date.plusDays(chance.between(1, longest));
      }
      plans.add(new NightPlan(i + 1, kind, date, dumpDates(chance, kind, before, date)));
    }
    return plans;
  }

  private static List<LocalDate> dumpDates(
      Chance chance, Kind kind, LocalDate before, LocalDate date) {
    List<LocalDate> dates = new ArrayList<>();
    dates.add(date);
    if (kind != Kind.EMPTY) {
      // One between the nights, and one that came long ago.
      LocalDate between = date.minusDays(1);
      if (between.isAfter(before)) {
        dates.add(between);
      }
      dates.add(before.minusDays(chance.between(0, 3)));
    }
    return dates;
  }
}
