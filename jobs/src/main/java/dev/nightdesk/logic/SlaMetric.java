package dev.nightdesk.logic;

import java.util.Locale;

/** What an SLA promises. */
public enum SlaMetric {
  FIRST_RESPONSE,
  NEXT_RESPONSE,
  RESOLUTION;

  private final String code = name().toLowerCase(Locale.ROOT);

  /** The metric as tables write it. */
  public String code() {
    return code;
  }

  /**
   * The metric of a code.
   *
   * @throws IllegalArgumentException if there is none
   */
  public static SlaMetric of(String code) {
    for (SlaMetric metric : values()) {
      if (metric.code.equals(code)) {
        return metric;
      }
    }
    throw new IllegalArgumentException(
        "An SLA policy has a target for %s. Known are first_response, next_response and resolution."
            .formatted(code));
  }
}
