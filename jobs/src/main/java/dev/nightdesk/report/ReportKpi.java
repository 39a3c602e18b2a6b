package dev.nightdesk.report;

import java.util.Objects;

/**
 * A KPI as a report names and writes it.
 *
 * @param code its column, for example {@code csat_ratio}
 * @param section the chapter it stands in, for example Quality
 * @param title a short title
 * @param unit what the value counts: {@code seconds} and {@code ratio} (0 to 1) are written in
 *     their own way, all others as numbers
 * @param good the direction that is better
 */
public record ReportKpi(String code, String section, String title, String unit, Good good) {

  /** Which direction is better. */
  public enum Good {
    HIGHER,
    LOWER,
    NEUTRAL
  }

  public ReportKpi {
    Objects.requireNonNull(code, "code");
    Objects.requireNonNull(section, "section");
    Objects.requireNonNull(title, "title");
    Objects.requireNonNull(unit, "unit");
    Objects.requireNonNull(good, "good");
  }

  /** A value with its unit; null is –. */
  String value(Double value) {
    if (value == null) {
      return "–";
    }
    return switch (unit) {
      case "seconds" -> duration(value);
      case "ratio" -> Figures.hundredths(value) + " %";
      default -> Figures.number(value);
    };
  }

  /** A value, and where there is none the number of observations that were too few for one. */
  String value(ReportPoint point) {
    return point.value() == null && point.count() != null
        ? "– (n %s)".formatted(Figures.grouped(point.count()))
        : value(point.value());
  }

  /**
   * How a value differs from the one before: with the relative change, in points for ratios, and
   * whether that is better or worse. Empty if one of them is not known.
   */
  String change(Double before, Double now) {
    if (before == null || now == null) {
      return "";
    }
    double difference = now - before;
    if (difference == 0) {
      return "=";
    }
    String sign = difference > 0 ? "+" : "-";
    double size = Math.abs(difference);
    String text =
        switch (unit) {
          case "seconds" -> sign + duration(size) + relative(before, difference);
          case "ratio" -> sign + Figures.hundredths(size) + " points";
          default -> sign + Figures.number(size) + relative(before, difference);
        };
    return switch (good) {
      case HIGHER -> text + (difference > 0 ? " better" : " worse");
      case LOWER -> text + (difference < 0 ? " better" : " worse");
      case NEUTRAL -> text;
    };
  }

  /** Of a score that can be negative or of nothing there is no percentage. */
  private static String relative(double before, double difference) {
    return before <= 0 ? "" : " (%+d %%)".formatted(Math.round(100 * difference / before));
  }

  private String duration(double seconds) {
    // Hours of work, like open hours, do not make days of 24.
    return code.contains("business_seconds") || code.equals("worked_seconds")
        ? Figures.openDuration(seconds)
        : Figures.duration(seconds);
  }
}
