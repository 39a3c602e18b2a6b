package dev.nightdesk.logic;

/**
 * A stretch in which a ticket held one status.
 *
 * @param number 1 begins at the creation
 * @param startedAt microseconds
 * @param endedAt microseconds, excluded; null: holds as of the run
 * @param startedByKey who set it; null: unknown, or set by the creation
 * @param startedByClass what the actor was; unknown for the creation
 * @param assigneeKey the assignee when it began, or unassigned
 * @param position the change that began it among the ticket's entries; -1: the creation
 */
public record StatusInterval(
    int number,
    Status status,
    long startedAt,
    Long endedAt,
    String startedByKey,
    AuthorClass startedByClass,
    String assigneeKey,
    int position) {

  StatusInterval endingAt(long at) {
    return new StatusInterval(
        number, status, startedAt, at, startedByKey, startedByClass, assigneeKey, position);
  }
}
