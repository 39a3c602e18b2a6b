package dev.nightdesk.logic;

/**
 * A promise with a start and a deadline.
 *
 * @param number 1 is the first of its metric
 * @param policyKey the policy of the deciding target
 * @param priorityCode the ticket's priority when the deciding target came; null: none
 * @param targetSeconds the deciding target
 * @param isBusiness the target runs inside open hours only
 * @param startedAt microseconds
 * @param dueAt microseconds; for a target that was past when it came, the instant it came
 * @param fulfilledAt microseconds; null: not yet
 * @param agentKey the assignee when it was decided, as far as known
 */
public record SlaInstance(
    SlaMetric metric,
    int number,
    String policyKey,
    String priorityCode,
    long targetSeconds,
    boolean isBusiness,
    long startedAt,
    long dueAt,
    Long fulfilledAt,
    String agentKey) {

  /** The earlier of fulfilment and deadline, in microseconds. */
  public long decidedAt() {
    return fulfilledAt == null ? dueAt : Math.min(dueAt, fulfilledAt);
  }

  /** Whether the deadline comes first; at the deadline is in time. */
  public boolean isBreachedWhenDecided() {
    return fulfilledAt == null || dueAt < fulfilledAt;
  }
}
