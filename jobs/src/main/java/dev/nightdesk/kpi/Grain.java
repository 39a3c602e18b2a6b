package dev.nightdesk.kpi;

import java.util.List;
import java.util.Locale;

/** How long a period is. */
public enum Grain {
  HOUR,
  DAY,
  WEEK,
  MONTH,
  QUARTER;

  /** The grains made of local days: those that every KPI has unless it says otherwise. */
  public static final List<Grain> OF_DAYS = List.of(DAY, WEEK, MONTH, QUARTER);

  /** Those that add up days. */
  static final List<Grain> OF_MANY_DAYS = List.of(WEEK, MONTH, QUARTER);

  /** The grain as tables and pairs write it. */
  public String code() {
    return name().toLowerCase(Locale.ROOT);
  }
}
