package dev.nightdesk.logic;

import java.util.Locale;

/**
 * A customer waits from a message to the next human reply.
 *
 * @param number 1 is the first wait
 * @param openedAt microseconds
 * @param openPosition the message that opened it, among the ticket's entries
 * @param outcome how it ended
 * @param endedAt the reply or the solve, in microseconds; null: still waiting
 * @param endPosition the reply or the solve among the ticket's entries; -1: still waiting
 * @param agentKey answered: the author; unanswered: the assignee at the solve; open: the assignee
 *     as of the run
 * @param elapsed from the message to the reply; null: not answered
 * @param isFirst the wait that the first reply ended, or would end
 * @param isAfterFirstReply a human had replied before
 */
public record WaitEpisode(
    int number,
    long openedAt,
    int openPosition,
    Outcome outcome,
    Long endedAt,
    int endPosition,
    String agentKey,
    Elapsed elapsed,
    boolean isFirst,
    boolean isAfterFirstReply) {

  /** How a wait ended. */
  public enum Outcome {
    ANSWERED,
    UNANSWERED,
    OPEN;

    private final String code = name().toLowerCase(Locale.ROOT);

    /** The outcome as tables write it. */
    public String code() {
      return code;
    }
  }
}
