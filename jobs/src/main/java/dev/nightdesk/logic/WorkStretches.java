package dev.nightdesk.logic;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * When somebody was at work: the union of shifts, cut at local midnight, and on days without any
 * shift the union of presence.
 *
 * <p>Work without an end is known to last until the end of its first local day at most: whoever
 * forgot to sign off has not worked for years.
 */
public final class WorkStretches {

  /** What tells that somebody is at work. */
  public enum Kind {
    SHIFT,
    PRESENCE
  }

  /**
   * A record of work.
   *
   * @param kind what tells it
   * @param startedAt begin, in microseconds
   * @param endedAt end, in microseconds, not inside; null: none known
   */
  public record Work(Kind kind, long startedAt, Long endedAt) {}

  /**
   * Work without pause within one local day.
   *
   * @param day the local day
   * @param kind what tells it
   * @param startedAt begin, in microseconds
   * @param endedAt end, in microseconds, at the latest the day's; null: none known
   */
  public record Stretch(LocalDate day, Kind kind, long startedAt, Long endedAt) {}

  private WorkStretches() {}

  /**
   * The stretches of one person, in order.
   *
   * @param work in any order, overlapping or not; what takes no time is none
   * @param zone the zone whose midnight ends a day
   */
  public static List<Stretch> of(List<Work> work, ZoneId zone) {
    Map<LocalDate, List<Stretch>> days = new TreeMap<>();
    for (Work one : work) {
      for (Stretch piece : cut(one, zone)) {
        days.computeIfAbsent(piece.day(), day -> new ArrayList<>()).add(piece);
      }
    }
    List<Stretch> stretches = new ArrayList<>();
    for (List<Stretch> pieces : days.values()) {
      boolean hasShift = pieces.stream().anyMatch(piece -> piece.kind() == Kind.SHIFT);
      Kind decisive = hasShift ? Kind.SHIFT : Kind.PRESENCE;
      stretches.addAll(union(pieces.stream().filter(piece -> piece.kind() == decisive).toList()));
    }
    return stretches;
  }

  private static List<Stretch> cut(Work work, ZoneId zone) {
    LocalDate day = LocalDate.ofInstant(Micros.instant(work.startedAt()), zone);
    if (work.endedAt() == null) {
      return List.of(new Stretch(day, work.kind(), work.startedAt(), null));
    }
    List<Stretch> pieces = new ArrayList<>();
    long from = work.startedAt();
    while (from < work.endedAt()) {
      day = LocalDate.ofInstant(Micros.instant(from), zone);
      Instant midnight = day.plusDays(1).atStartOfDay(zone).toInstant();
      long to = Math.min(work.endedAt(), Micros.of(midnight));
      pieces.add(new Stretch(day, work.kind(), from, to));
      from = to;
    }
    return pieces;
  }

  /** Pieces of one day and kind; those that touch or overlap become one. */
  private static List<Stretch> union(List<Stretch> pieces) {
    List<Stretch> sorted =
        pieces.stream().sorted(Comparator.comparingLong(Stretch::startedAt)).toList();
    List<Stretch> union = new ArrayList<>();
    for (Stretch piece : sorted) {
      Stretch last = union.isEmpty() ? null : union.get(union.size() - 1);
      boolean isApart =
          last == null || (last.endedAt() != null && last.endedAt() < piece.startedAt());
      if (isApart) {
        union.add(piece);
      } else {
        union.set(
            union.size() - 1,
            new Stretch(
                last.day(), last.kind(), last.startedAt(), later(last.endedAt(), piece.endedAt())));
      }
    }
    return union;
  }

  /** No known end is later than any. */
  private static Long later(Long a, Long b) {
    return a == null || b == null ? null : (Long) Math.max(a, b);
  }
}
