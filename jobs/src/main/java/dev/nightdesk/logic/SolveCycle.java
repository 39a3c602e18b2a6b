package dev.nightdesk.logic;

/**
 * A solve and, if it came, the reopen after it.
 *
 * @param number 1 is the first solve
 * @param startedAt the creation or the reopen before, in microseconds
 * @param startPosition the reopen among the ticket's entries; -1: the creation
 * @param solvedAt microseconds
 * @param solvePosition the solve among the ticket's entries
 * @param solvedByKey the agent who made the change, else the assignee then, else unassigned
 * @param solverClass what the one who made the change was
 * @param reopenedAt microseconds; null: still resolved
 * @param reopenPosition the reopen among the ticket's entries; -1: still resolved
 * @param elapsed from the start to the solve
 */
public record SolveCycle(
    int number,
    long startedAt,
    int startPosition,
    long solvedAt,
    int solvePosition,
    String solvedByKey,
    AuthorClass solverClass,
    Long reopenedAt,
    int reopenPosition,
    Elapsed elapsed) {}
