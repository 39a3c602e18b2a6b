package dev.nightdesk.report;

import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Objects;

/**
 * A period that a report is about.
 *
 * @param grain hour, day, week, month or quarter
 * @param start its first moment, in the reporting zone
 * @param isComplete false while the period is not over
 */
public record ReportPeriod(String grain, LocalDateTime start, boolean isComplete) {

  private static final List<String> GRAINS = List.of("hour", "day", "week", "month", "quarter");
  private static final DateTimeFormatter DAY = pattern("EEEE, d MMMM uuuu");
  private static final DateTimeFormatter DATE = pattern("d MMMM uuuu");
  private static final DateTimeFormatter HOUR = pattern("EEEE, d MMMM uuuu, HH:mm");
  private static final DateTimeFormatter MONTH = pattern("MMMM uuuu");

  public ReportPeriod {
    Objects.requireNonNull(start, "start");
    if (!GRAINS.contains(grain)) {
      throw new IllegalArgumentException(
          "The grain is %s; it is one of %s.".formatted(grain, GRAINS));
    }
  }

  /** The period in words, for example "week from 30 March 2026". */
  String words() {
    return switch (grain) {
      case "hour" -> HOUR.format(start);
      case "day" -> DAY.format(start);
      case "month" -> MONTH.format(start);
      default -> grain + " from " + DATE.format(start);
    };
  }

  static String words(LocalDate day) {
    return DAY.format(day);
  }

  private static DateTimeFormatter pattern(String pattern) {
    return DateTimeFormatter.ofPattern(pattern, Locale.ENGLISH);
  }
}
