package dev.nightdesk.report;

/**
 * A KPI in one period.
 *
 * @param value null if it is not known: nothing to divide by, no period, or no source
 * @param count the number of observations behind a mean, rate or percentile; null for KPIs that
 *     have none, such as counts
 */
public record ReportPoint(Double value, Long count) {

  /** Nothing is known, not even how often. */
  public static final ReportPoint UNKNOWN = new ReportPoint(null, null);
}
