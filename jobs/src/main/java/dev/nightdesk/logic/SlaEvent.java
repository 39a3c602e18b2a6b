package dev.nightdesk.logic;

import java.util.Objects;

/**
 * What a help desk itself tells of a promise that it watches over.
 *
 * @param number the vendor's count of promises of the metric, from 1
 * @param kind what happened
 * @param at microseconds
 * @param target of {@link Kind#APPLY}, else null
 * @param policyKey of {@link Kind#APPLY}, else null
 */
public record SlaEvent(
    SlaMetric metric, int number, Kind kind, long at, SlaPolicy.Target target, String policyKey) {

  /** What can happen to a promise. */
  public enum Kind {
    /** It begins to run. */
    ACTIVATE,
    /** A target is set, in place of any before. */
    APPLY,
    /** It is kept, or nobody waits any more. */
    FULFILL,
    /** Its time has run out. */
    BREACH
  }

  public SlaEvent {
    Objects.requireNonNull(metric, "metric");
    Objects.requireNonNull(kind, "kind");
    if (kind == Kind.APPLY) {
      Objects.requireNonNull(target, "target");
      Objects.requireNonNull(policyKey, "policyKey");
    }
  }
}
