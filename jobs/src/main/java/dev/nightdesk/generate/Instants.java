package dev.nightdesk.generate;

import java.time.LocalDate;

/** Seconds since 1970 as ISO-8601 text. Written out, because it runs for every entry. */
final class Instants {

  private static final int CACHED = 1 << 13;
  private static final long[] CACHED_DAYS = new long[CACHED];
  private static final String[] CACHED_TEXTS = new String[CACHED];

  private Instants() {}

  /** UTC with Z, to the second. */
  static String iso(long instant) {
    long day = Math.floorDiv(instant, (long) Days.SECONDS);
    int second = (int) Math.floorMod(instant, (long) Days.SECONDS);
    StringBuilder text = new StringBuilder(20).append(date(day)).append('T');
    two(text, second / 3_600).append(':');
    two(text, second / 60 % 60).append(':');
    return two(text, second % 60).append('Z').toString();
  }

  private static StringBuilder two(StringBuilder text, int value) {
    return text.append((char) ('0' + value / 10)).append((char) ('0' + value % 10));
  }

  private static synchronized String date(long day) {
    int slot = (int) (day & (CACHED - 1));
    if (CACHED_TEXTS[slot] == null || CACHED_DAYS[slot] != day) {
      CACHED_DAYS[slot] = day;
      CACHED_TEXTS[slot] = LocalDate.ofEpochDay(day).toString();
    }
    return CACHED_TEXTS[slot];
  }
}
