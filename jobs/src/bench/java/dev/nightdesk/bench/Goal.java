package dev.nightdesk.bench;

import java.util.Locale;

/**
 * What a number is to be.
 *
 * @param bound the side of the limit that is good
 * @param limit the limit itself, good too
 */
record Goal(Bound bound, double limit) {

  /** The side of a limit that is good. */
  enum Bound {
    AT_MOST,
    AT_LEAST
  }

  static Goal atMost(double limit) {
    return new Goal(Bound.AT_MOST, limit);
  }

  static Goal atLeast(double limit) {
    return new Goal(Bound.AT_LEAST, limit);
  }

  boolean isReachedBy(double value) {
    return bound == Bound.AT_MOST ? value <= limit : value >= limit;
  }

  @Override
  public String toString() {
    return String.format(Locale.ROOT, "%s %.4g", bound == Bound.AT_MOST ? "≤" : "≥", limit)
        .replaceAll("\\.?0+$", "");
  }
}
