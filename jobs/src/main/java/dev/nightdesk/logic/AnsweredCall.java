package dev.nightdesk.logic;

import java.util.Objects;

/**
 * An agent's answer to an inbound call.
 *
 * @param at when an agent took the call, in microseconds
 * @param id the call
 * @param agentKey the agent of the first leg; null: unknown
 * @param waitedFrom when the caller began to wait: in the queue, else at the start; microseconds
 * @param isFromMergedTicket the call belongs to a ticket that was merged into this one
 */
record AnsweredCall(
    long at, String id, String agentKey, long waitedFrom, boolean isFromMergedTicket)
    implements Entry {

  AnsweredCall {
    Objects.requireNonNull(id, "id");
  }

  /** Sources do not number calls. */
  @Override
  public long sequence() {
    return 0;
  }
}
