package dev.nightdesk.kpi;

import java.util.Locale;

/** How the contributions of a cell become one measure. */
public enum Fold {
  /** Adds a value; contributions without it add nothing. */
  SUM,
  /** Counts contributions. */
  COUNT,
  /** Counts different values; recomputed per grain and breakdown, since it does not add up. */
  DISTINCT,
  /** Keeps sum, count and histogram of a value, for means and percentiles. */
  DISTRIBUTION,
  /** Adds changes up to the end of the period, from the beginning of time: a level. */
  RUNNING;

  /** The fold as pairs write it. */
  public String code() {
    return name().toLowerCase(Locale.ROOT);
  }
}
