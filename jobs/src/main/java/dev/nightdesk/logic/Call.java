package dev.nightdesk.logic;

import java.util.List;
import java.util.Objects;

/**
 * A phone call of a ticket, as its newest record tells it. Instants are microseconds.
 *
 * @param callKey the call
 * @param isFromMergedTicket belongs to a ticket that was merged into this one
 * @param customerKey the caller; null: unknown
 * @param directionCode inbound or outbound
 * @param startedAt when it began
 * @param queuedAt when it entered the queue; null: it never did
 * @param answeredAt when an agent took it; null: never
 * @param abandonedAt when the caller gave up; null: not abandoned
 * @param endedAt null: unknown
 * @param legs agents' legs, as the source orders them
 */
public record Call(
    String callKey,
    boolean isFromMergedTicket,
    String sourceCode,
    String callId,
    String customerKey,
    String directionCode,
    long startedAt,
    Long queuedAt,
    Long answeredAt,
    Long abandonedAt,
    Long endedAt,
    List<Leg> legs) {

  /**
   * An agent's part of a call.
   *
   * @param agentKey null: unknown
   */
  public record Leg(
      String legId, String agentKey, long talkSeconds, long holdSeconds, long wrapUpSeconds) {}

  public Call {
    Objects.requireNonNull(callKey, "callKey");
    Objects.requireNonNull(directionCode, "directionCode");
    legs = List.copyOf(legs);
  }

  /** The answer as an entry of the ticket; null: an outbound call, or never answered. */
  AnsweredCall answer() {
    return answeredAt == null || !directionCode.equals("inbound")
        ? null
        : new AnsweredCall(
            answeredAt,
            callKey,
            legs.isEmpty() ? null : legs.get(0).agentKey(),
            queuedAt == null ? startedAt : queuedAt,
            isFromMergedTicket);
  }
}
