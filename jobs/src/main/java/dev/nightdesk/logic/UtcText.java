package dev.nightdesk.logic;

import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;

/**
 * The one form in which nearly all instants of dumps are written, {@code 2026-03-20T09:15:00Z} with
 * up to nine decimals, read digit by digit.
 *
 * <p>Java's formatter takes a microsecond a text and more, and a night reads several texts a
 * record: that was an eighth of reading dumps. What has another form is left to {@link Instants}.
 */
final class UtcText {

  private static final int SECONDS_END = 19;
  private static final int LONGEST = 30;

  private UtcText() {}

  /** The instant of a text; null if it has another form or names no instant. */
  static Instant read(String text) {
    int length = text.length();
    if (length <= SECONDS_END
        || length > LONGEST
        || text.charAt(length - 1) != 'Z'
        || text.charAt(4) != '-'
        || text.charAt(7) != '-'
        || text.charAt(10) != 'T'
        || text.charAt(13) != ':'
        || text.charAt(16) != ':') {
      return null;
    }
    int year = number(text, 0, 4);
    int month = number(text, 5, 7);
    int day = number(text, 8, 10);
    int hour = number(text, 11, 13);
    int minute = number(text, 14, 16);
    int second = number(text, 17, SECONDS_END);
    int nanos = decimals(text, length - 1);
    if (year < 0
        || month < 1
        || month > 12
        || day < 1
        || day > YearMonth.of(year, month).lengthOfMonth()
        || hour < 0
        || hour > 23
        || minute < 0
        || minute > 59
        || second < 0
        || second > 59
        || nanos < 0) {
      return null;
    }
    long days = LocalDate.of(year, month, day).toEpochDay();
    return Instant.ofEpochSecond(((days * 24 + hour) * 60 + minute) * 60 + second, nanos);
  }

  /** -1 if there is anything but digits. */
  private static int number(String text, int from, int to) {
    int number = 0;
    for (int at = from; at < to; at++) {
      int digit = text.charAt(at) - '0';
      if (digit < 0 || digit > 9) {
        return -1;
      }
      number = number * 10 + digit;
    }
    return number;
  }

  /** Nanoseconds of what lies between the seconds and the Z; -1 if these are no decimals. */
  private static int decimals(String text, int end) {
    if (end == SECONDS_END) {
      return 0;
    }
    if (text.charAt(SECONDS_END) != '.' || end == SECONDS_END + 1) {
      return -1;
    }
    int nanos = number(text, SECONDS_END + 1, end);
    for (int digits = end - SECONDS_END - 1; digits < 9 && nanos > 0; digits++) {
      nanos *= 10;
    }
    return nanos;
  }
}
