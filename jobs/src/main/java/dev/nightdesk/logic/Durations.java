package dev.nightdesk.logic;

import java.io.Serializable;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.DateTimeException;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads lengths of time as exports write them: a number of a unit ({@code 0.25} days), hours,
 * minutes and seconds ({@code 6:00:00}), or ISO 8601 ({@code PT6H}).
 *
 * @param unit the unit of plain numbers
 * @param unitSeconds its length
 */
public record Durations(String unit, int unitSeconds) implements Serializable {

  private static final Map<String, Integer> UNITS =
      Map.of("seconds", 1, "minutes", 60, "hours", 3600, "days", 86_400);
  private static final Pattern CLOCK =
      Pattern.compile("(\\d{1,6}):([0-5]?\\d)(?::([0-5]?\\d(?:\\.\\d{1,9})?))?");

  /**
   * In a unit.
   *
   * @throws IllegalArgumentException if there is no such unit
   */
  public static Durations in(String unit) {
    Integer seconds = UNITS.get(unit);
    if (seconds == null) {
      throw new IllegalArgumentException(
          "duration-unit is %s; there are seconds, minutes, hours and days.".formatted(unit));
    }
    return new Durations(unit, seconds);
  }

  /**
   * Whole seconds, halves rounded up: a fraction of a day has few digits and seldom hits a second.
   * Null if the text is no length of time, or a negative one.
   *
   * @param text may be null; a number has a point
   */
  public Long seconds(String text) {
    if (text == null) {
      return null;
    }
    BigDecimal seconds = exactSeconds(text.strip());
    return seconds == null || seconds.signum() < 0 || seconds.precision() - seconds.scale() > 12
        ? null
        : seconds.setScale(0, RoundingMode.HALF_UP).longValueExact();
  }

  private BigDecimal exactSeconds(String text) {
    Matcher clock = CLOCK.matcher(text);
    if (clock.matches()) {
      BigDecimal minutes =
          new BigDecimal(clock.group(1))
              .multiply(BigDecimal.valueOf(60))
              .add(new BigDecimal(clock.group(2)));
      return minutes
          .multiply(BigDecimal.valueOf(60))
          .add(clock.group(3) == null ? BigDecimal.ZERO : new BigDecimal(clock.group(3)));
    }
    try {
      if (text.toUpperCase(Locale.ROOT).startsWith("P")) {
        Duration duration = Duration.parse(text);
        return BigDecimal.valueOf(duration.getSeconds())
            .add(BigDecimal.valueOf(duration.getNano(), 9));
      }
      return new BigDecimal(text).multiply(BigDecimal.valueOf(unitSeconds));
    } catch (DateTimeException | ArithmeticException | NumberFormatException e) {
      return null;
    }
  }
}
