package dev.nightdesk.io;

import java.time.LocalDate;

/**
 * Instants that a dump holds as such, in the text form of those that it holds as text.
 *
 * <p>Written digit by digit: Java's formatter takes ten times as long, and every record has some.
 */
final class InstantText {

  private static final long MICROS = 1_000_000L;

  private InstantText() {}

  /**
   * An instant as text, with six decimals.
   *
   * @param micros microseconds since 1970; in the years 0 to 9999
   */
  static String of(long micros) {
    long seconds = Math.floorDiv(micros, MICROS);
    LocalDate date = LocalDate.ofEpochDay(Math.floorDiv(seconds, 86_400L));
    int ofDay = (int) Math.floorMod(seconds, 86_400L);
    char[] text = "0000-00-00T00:00:00.000000Z".toCharArray();
    write(text, 4, date.getYear());
    write(text, 7, date.getMonthValue());
    write(text, 10, date.getDayOfMonth());
    write(text, 13, ofDay / 3_600);
    write(text, 16, ofDay / 60 % 60);
    write(text, 19, ofDay % 60);
    write(text, 26, (int) Math.floorMod(micros, MICROS));
    return new String(text);
  }

  /** Writes a number from its last digit on, which lies before {@code end}. */
  private static void write(char[] text, int end, int number) {
    int at = end;
    for (int rest = number; rest > 0; rest /= 10) {
      text[--at] = (char) ('0' + rest % 10);
    }
  }
}
