package dev.nightdesk.logic;

import java.util.Arrays;

/**
 * How a ticket changed one agent's unresolved work at one instant.
 *
 * <p>Each number is the change of a count of tickets: +1 enters it, -1 leaves it.
 *
 * @param number order of the changes of the ticket, from 1
 * @param changedAt microseconds
 * @param agentKey the assignee whose work changed, or unassigned
 * @param changes one number per {@link Part}, in its order
 */
public record BacklogChange(int number, long changedAt, String agentKey, int[] changes) {

  /** The counts that a ticket may enter or leave. */
  public enum Part {
    ALL,
    UNASSIGNED,
    CUSTOMER_WAITING,
    NEW,
    OPEN,
    PENDING,
    HOLD,
    UNDER_1_DAY,
    FROM_1_TO_3_DAYS,
    FROM_3_TO_7_DAYS,
    FROM_7_TO_30_DAYS,
    OVER_30_DAYS
  }

  /** The change of one count. */
  public int of(Part part) {
    return changes[part.ordinal()];
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof BacklogChange that
        && number == that.number
        && changedAt == that.changedAt
        && agentKey.equals(that.agentKey)
        && Arrays.equals(changes, that.changes);
  }

  @Override
  public int hashCode() {
    return Long.hashCode(changedAt) + Arrays.hashCode(changes);
  }

  @Override
  public String toString() {
    return "%d %s %s %s"
        .formatted(number, Micros.instant(changedAt), agentKey, Arrays.toString(changes));
  }
}
