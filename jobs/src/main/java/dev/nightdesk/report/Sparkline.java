package dev.nightdesk.report;

import java.util.List;
import java.util.Objects;

/** A row of values as a row of blocks, the lowest and the highest value as its bounds. */
final class Sparkline {

  private static final String BLOCKS = "▁▂▃▄▅▆▇█";

  /** Where nothing is known. */
  private static final char GAP = '·';

  private Sparkline() {}

  /**
   * A block a value.
   *
   * @param values oldest first; null is unknown
   */
  static String of(List<Double> values) {
    double lowest =
        values.stream().filter(Objects::nonNull).mapToDouble(value -> value).min().orElse(0);
    double highest =
        values.stream().filter(Objects::nonNull).mapToDouble(value -> value).max().orElse(0);
    StringBuilder line = new StringBuilder();
    for (Double value : values) {
      line.append(value == null ? GAP : block(value, lowest, highest));
    }
    return line.toString();
  }

  private static char block(double value, double lowest, double highest) {
    if (lowest == highest) {
      // No movement: on the ground if there was nothing, else half way up.
      return value == 0 ? BLOCKS.charAt(0) : BLOCKS.charAt(3);
    }
    double height = (value - lowest) / (highest - lowest);
    return BLOCKS.charAt((int) Math.round(height * (BLOCKS.length() - 1)));
  }
}
