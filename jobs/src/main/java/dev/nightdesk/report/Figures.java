package dev.nightdesk.report;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Locale;

/** Numbers as people write them: 1 h 12 min, 83.3 %, 1,204. */
final class Figures {

  private static final long MINUTE = 60;
  private static final long HOUR = 3_600;
  private static final long DAY = 86_400;

  /** A letter for every power of a thousand. */
  private static final String THOUSANDS = "kMGTP";

  private Figures() {}

  /** A whole number with its thousands apart. */
  static String grouped(long number) {
    return String.format(Locale.ROOT, "%,d", number);
  }

  /** At most two decimals, thousands apart; a whole number has none. */
  static String number(double value) {
    BigDecimal rounded = new BigDecimal(Double.toString(value)).setScale(2, RoundingMode.HALF_UP);
    return rounded.stripTrailingZeros().scale() <= 0
        ? String.format(Locale.ROOT, "%,.0f", rounded)
        : String.format(Locale.ROOT, "%,.2f", rounded);
  }

  /** A share of 1 as hundredths, one decimal. */
  static String hundredths(double ratio) {
    BigDecimal rounded =
        new BigDecimal(Double.toString(ratio)).movePointRight(2).setScale(1, RoundingMode.HALF_UP);
    return String.format(Locale.ROOT, "%,.1f", rounded);
  }

  /** Seconds to compare with others: one decimal, of a hundred and more none. */
  static String seconds(double seconds) {
    return String.format(Locale.ROOT, seconds < 99.95 ? "%.1f s" : "%,.0f s", seconds);
  }

  /** A number by its first digits: 999, 1.2 k, 35 M. */
  static String shortened(long number) {
    return shortened(number, "");
  }

  /** Bytes by their first digits, in steps of a thousand: 999 B, 1.2 kB, 35 MB. */
  static String bytes(long bytes) {
    return bytes == 0 ? "0" : shortened(bytes, "B");
  }

  private static String shortened(long number, String unit) {
    if (number < 1_000) {
      return (number + " " + unit).strip();
    }
    double value = number;
    int step = -1;
    // What would be rounded to 1000 has the next unit.
    while (value >= 999.5 && step + 1 < THOUSANDS.length()) {
      value /= 1_000;
      step++;
    }
    return String.format(
        Locale.ROOT, value < 9.95 ? "%.1f %c%s" : "%.0f %c%s", value, THOUSANDS.charAt(step), unit);
  }

  /** A duration by its two largest units, up to days of 24 hours. */
  static String duration(double seconds) {
    long minutes = Math.round(seconds / MINUTE);
    if (seconds >= 0 && minutes * MINUTE >= DAY) {
      long hours = Math.round(seconds / HOUR);
      return parts(hours / 24, "d", hours % 24, "h");
    }
    return openDuration(seconds);
  }

  /** A duration by its two largest units, up to hours: a day of open hours is no 24 of them. */
  static String openDuration(double seconds) {
    if (seconds < 0) {
      return "-" + openDuration(-seconds);
    }
    long whole = Math.round(seconds);
    if (whole < MINUTE) {
      long tenths = Math.round(seconds * 10);
      return tenths < 100 && tenths % 10 != 0
          ? "%d.%d s".formatted(tenths / 10, tenths % 10)
          : whole + " s";
    }
    if (whole < HOUR) {
      return parts(whole / MINUTE, "min", whole % MINUTE, "s");
    }
    long minutes = Math.round(seconds / MINUTE);
    return parts(minutes / 60, "h", minutes % 60, "min");
  }

  private static String parts(long large, String largeUnit, long small, String smallUnit) {
    String text = grouped(large) + " " + largeUnit;
    return small == 0 ? text : text + " " + small + " " + smallUnit;
  }
}
