package dev.nightdesk.logic;

import java.io.Serializable;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.zone.ZoneOffsetTransition;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalLong;

/**
 * Time inside open hours.
 *
 * <p>A schedule becomes concrete UTC intervals by the zone's rules, day by day, so days of 23 and
 * 25 hours and changes of the schedule are right; never minutes of a week. A shift over midnight
 * belongs to the local day on which it opens. A holiday closes its local day from midnight to
 * midnight: of a night shift it takes the hours on that day and leaves those before and after. A
 * local time that the clock skips is the instant of the skip; one that comes twice is its first.
 *
 * <p>The intervals are made once for the years asked for and kept; a question costs a binary
 * search. Safe to share between threads.
 */
public final class BusinessTime implements Serializable {

  private static final long serialVersionUID = 1L;

  /** Open at all times: business time is calendar time. */
  public static final BusinessTime ALWAYS = new BusinessTime(null);

  private static final long MARGIN = 366 * Micros.PER_DAY;

  /** A schedule that stays closed longer than this never opens again. */
  private static final long HORIZON = 10 * MARGIN;

  private final Schedule schedule;
  private transient volatile OpenHours known;

  private BusinessTime(Schedule schedule) {
    this.schedule = schedule;
  }

  /** Time inside the hours of a schedule. */
  public static BusinessTime of(Schedule schedule) {
    return new BusinessTime(schedule);
  }

  /**
   * Whole open seconds from {@code start} to {@code end}, rounded down; 0 if the end is not after
   * the start.
   *
   * @param start microseconds
   * @param end microseconds
   */
  public long openSecondsBetween(long start, long end) {
    if (end <= start) {
      return 0;
    }
    if (schedule == null) {
      return Micros.secondsBetween(start, end);
    }
    OpenHours hours = hoursOf(start, end);
    return (hours.openBefore(end) - hours.openBefore(start)) / Micros.PER_SECOND;
  }

  /** The duration from {@code start} to {@code end} by both clocks. */
  public Elapsed between(long start, long end) {
    return new Elapsed(Micros.secondsBetween(start, end), openSecondsBetween(start, end));
  }

  /**
   * The first instant at which {@code seconds} open seconds have passed since {@code start}.
   *
   * @param start microseconds
   * @param seconds 0 or more
   * @return microseconds; empty if the schedule is not open for that long within ten years
   */
  public OptionalLong after(long start, long seconds) {
    long open = seconds * Micros.PER_SECOND;
    if (schedule == null || seconds == 0) {
      return OptionalLong.of(start + open);
    }
    long end = start + open;
    while (end <= start + open + HORIZON) {
      OpenHours hours = hoursOf(start, end);
      long reached = hours.openBefore(start) + open;
      if (hours.openBefore(hours.to) >= reached) {
        return OptionalLong.of(hours.instantOf(reached));
      }
      end = hours.to + MARGIN;
    }
    return OptionalLong.empty();
  }

  private OpenHours hoursOf(long start, long end) {
    OpenHours hours = known;
    if (hours == null || start < hours.from || end > hours.to) {
      long from = hours == null || start < hours.from ? start - MARGIN : hours.from;
      long to = hours == null || end > hours.to ? end + MARGIN : hours.to;
      hours = OpenHours.of(schedule, from, to);
      known = hours;
    }
    return hours;
  }

  /** Open intervals of a stretch of time, sorted and apart, with the open time before each. */
  private static final class OpenHours {

    private final long from;
    private final long to;
    private final long[] starts;
    private final long[] ends;
    private final long[] openBefore;

    private OpenHours(long from, long to, List<long[]> intervals) {
      this.from = from;
      this.to = to;
      starts = new long[intervals.size()];
      ends = new long[intervals.size()];
      openBefore = new long[intervals.size() + 1];
      for (int i = 0; i < starts.length; i++) {
        starts[i] = intervals.get(i)[0];
        ends[i] = intervals.get(i)[1];
        openBefore[i + 1] = openBefore[i] + ends[i] - starts[i];
      }
    }

    static OpenHours of(Schedule schedule, long from, long to) {
      List<long[]> intervals = new ArrayList<>();
      List<Schedule.Version> versions = schedule.versions();
      for (int i = 0; i < versions.size(); i++) {
        long validFrom = i == 0 ? from : Math.max(from, versions.get(i).validFrom());
        long validTo =
            i + 1 == versions.size() ? to : Math.min(to, versions.get(i + 1).validFrom());
        if (validFrom < validTo) {
          addHours(versions.get(i), validFrom, validTo, intervals);
        }
      }
      return new OpenHours(from, to, merged(intervals));
    }

    private static void addHours(
        Schedule.Version version, long from, long to, List<long[]> intervals) {
      ZoneId zone = version.zone();
      LocalDate last = LocalDate.ofInstant(Micros.instant(to), zone);
      // Yesterday's night shift may still be open at the beginning.
      for (LocalDate day = LocalDate.ofInstant(Micros.instant(from), zone).minusDays(1);
          !day.isAfter(last);
          day = day.plusDays(1)) {
        boolean isOpenToday = !version.isClosedOn(day);
        boolean isOpenTomorrow = !version.isClosedOn(day.plusDays(1));
        for (Schedule.Hours hours : version.hours()) {
          if (hours.day() == day.getDayOfWeek()) {
            int closes = hours.closesAfterMinutes();
            if (isOpenToday) {
              add(day, hours.opensMinute(), Math.min(closes, 1440), zone, from, to, intervals);
            }
            if (isOpenTomorrow && closes > 1440) {
              add(day.plusDays(1), 0, closes - 1440, zone, from, to, intervals);
            }
          }
        }
      }
    }

    private static void add(
        LocalDate day,
        int opens,
        int closes,
        ZoneId zone,
        long from,
        long to,
        List<long[]> intervals) {
      long start = Math.max(from, instant(day, opens, zone));
      long end = Math.min(to, instant(day, closes, zone));
      if (start < end) {
        intervals.add(new long[] {start, end});
      }
    }

    private static long instant(LocalDate day, int minute, ZoneId zone) {
      LocalDateTime local = day.atStartOfDay().plusMinutes(minute);
      ZoneOffsetTransition transition = zone.getRules().getTransition(local);
      Instant instant =
          transition != null && transition.isGap()
              ? transition.getInstant()
              : local.atZone(zone).toInstant();
      return Micros.of(instant);
    }

    private static List<long[]> merged(List<long[]> intervals) {
      intervals.sort(Comparator.comparingLong(interval -> interval[0]));
      List<long[]> merged = new ArrayList<>();
      for (long[] interval : intervals) {
        long[] before = merged.isEmpty() ? null : merged.get(merged.size() - 1);
        if (before != null && interval[0] <= before[1]) {
          before[1] = Math.max(before[1], interval[1]);
        } else {
          merged.add(interval);
        }
      }
      return merged;
    }

    /** Open microseconds from the beginning of the stretch to an instant of it. */
    long openBefore(long at) {
      int found = Arrays.binarySearch(starts, at);
      int interval = found >= 0 ? found : -found - 2;
      return interval < 0
          ? 0
          : openBefore[interval] + Math.min(at, ends[interval]) - starts[interval];
    }

    /**
     * The first instant at which that much open time has passed; more than 0, at most all of it.
     */
    long instantOf(long open) {
      int found = Arrays.binarySearch(openBefore, open);
      int interval = found >= 0 ? found - 1 : -found - 2;
      return starts[interval] + open - openBefore[interval];
    }
  }
}
