package dev.nightdesk.logic;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * The state of a ticket as its row tells it, for sources whose events do not tell every change.
 *
 * <p>Events go first: they know when and who. What the row says counts from its own instant on, by
 * nobody known, as long as no later event of the same kind is there; where the events agree with
 * it, it changes nothing.
 *
 * @param statusCode null: the row does not tell
 * @param assigneeKey null: the row does not tell, or nobody is assigned
 * @param at of when the row tells it, in microseconds
 */
public record StatedState(String statusCode, String assigneeKey, long at) {

  private static final String ID = "the ticket's row";

  /**
   * What the row adds to the events that are known: nothing, or changes behind all of its instant.
   */
  List<Change> changes(List<Entry> known) {
    List<Change> changes = new ArrayList<>();
    // Who takes a ticket is assigned before its status changes.
    add(Change.ASSIGNEE, assigneeKey, Long.MAX_VALUE - 1, known, changes);
    add(Change.STATUS, statusCode, Long.MAX_VALUE, known, changes);
    return changes;
  }

  private void add(
      String typeCode, String value, long sequence, List<Entry> known, List<Change> changes) {
    boolean isOutdated =
        known.stream()
            .anyMatch(
                entry -> entry instanceof Change change && change.is(typeCode) && change.at() > at);
    if (value != null && !isOutdated) {
      changes.add(new Change(at, sequence, ID, typeCode, null, value, null, AuthorClass.UNKNOWN));
    }
  }

  /** Null if a row tells no state. */
  public static StatedState of(String statusCode, String assigneeKey, Long at) {
    return statusCode == null && assigneeKey == null
        ? null
        : new StatedState(statusCode, assigneeKey, Objects.requireNonNull(at, "at"));
  }
}
