package dev.nightdesk.logic;

import java.util.Objects;

/**
 * A figure that the help desk itself computed of a ticket.
 *
 * @param metricCode what it measures: first_response, first_resolution, resolution, requester_wait,
 *     agent_wait, on_hold, reopen_count or reply_count
 * @param clockCode calendar or business; none for a count
 * @param value seconds, or a count; null: the vendor has none
 * @param step what the vendor rounds to, in the same unit; 1: it does not round
 * @param versionAt when the vendor computed it, in microseconds
 */
public record VendorMetric(
    String metricCode, String clockCode, Long value, long step, long versionAt) {

  static final String FIRST_RESPONSE = "first_response";
  static final String FIRST_RESOLUTION = "first_resolution";
  static final String RESOLUTION = "resolution";
  static final String REQUESTER_WAIT = "requester_wait";
  static final String AGENT_WAIT = "agent_wait";
  static final String ON_HOLD = "on_hold";
  static final String REOPEN_COUNT = "reopen_count";
  static final String REPLY_COUNT = "reply_count";

  public VendorMetric {
    Objects.requireNonNull(metricCode, "metricCode");
    Objects.requireNonNull(clockCode, "clockCode");
  }

  boolean isBusiness() {
    return clockCode.equals("business");
  }

  /** Whether a value of ours is the vendor's, but for its rounding. */
  boolean agreesWith(Long ours) {
    if (ours == null || value == null) {
      return Objects.equals(ours, value);
    }
    return Math.abs(ours - value) < step;
  }
}
