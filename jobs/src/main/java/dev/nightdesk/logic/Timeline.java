package dev.nightdesk.logic;

import java.util.ArrayList;
import java.util.List;

/**
 * The entries of one ticket in order, and who was assigned when.
 *
 * <p>Answered calls are entries of inbound phone tickets only, and are no messages. A change that
 * the source dates before the creation takes effect at the creation.
 */
final class Timeline {

  static final String UNASSIGNED = "unassigned";

  private final TicketHeader ticket;
  private final long createdAt;
  private final boolean isOutbound;
  private final List<Entry> entries;
  private final List<String> assignees = new ArrayList<>();
  private final int openingMessage;

  /**
   * A timeline.
   *
   * @param entries all that is known as of the run, in any order
   */
  Timeline(TicketHeader ticket, long createdAt, boolean isOutbound, List<Entry> entries) {
    this.ticket = ticket;
    this.createdAt = createdAt;
    this.isOutbound = isOutbound;
    this.entries = entries.stream().sorted(Entry.ORDER).toList();
    String assignee = UNASSIGNED;
    for (Entry entry : this.entries) {
      if (entry instanceof Change change && change.is(Change.ASSIGNEE)) {
        assignee = orUnassigned(change.newValue());
      }
      assignees.add(assignee);
    }
    openingMessage = isOutbound ? findOpeningMessage() : -1;
  }

  private int findOpeningMessage() {
    for (int i = 0; i < entries.size(); i++) {
      if (entries.get(i) instanceof Message message
          && message.isPublic()
          && !message.isFromMergedTicket()) {
        return message.authorClass() == AuthorClass.AGENT ? i : -1;
      }
    }
    return -1;
  }

  static String orUnassigned(String agentKey) {
    return agentKey == null ? UNASSIGNED : agentKey;
  }

  TicketHeader ticket() {
    return ticket;
  }

  long createdAt() {
    return createdAt;
  }

  boolean isOutbound() {
    return isOutbound;
  }

  List<Entry> entries() {
    return entries;
  }

  /** When an entry takes effect: not before the creation. */
  long effectiveAt(int position) {
    return Math.max(createdAt, entries.get(position).at());
  }

  /** The assignee once the entry has happened; position -1: at the creation. */
  String assigneeAfter(int position) {
    return position < 0 ? UNASSIGNED : assignees.get(position);
  }

  /** The assignee at an instant, all entries of that instant included. */
  String assigneeAt(long at) {
    return assigneeAfter(lastPositionAt(at));
  }

  /** The last entry that has taken effect at an instant; -1: none. */
  int lastPositionAt(long at) {
    int low = 0;
    int high = entries.size();
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (effectiveAt(middle) <= at) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low - 1;
  }

  /** The first assignee of the ticket, or unassigned. */
  String firstAssignee() {
    return assignees.stream().filter(key -> !key.equals(UNASSIGNED)).findFirst().orElse(UNASSIGNED);
  }

  /**
   * A public message by an agent since the creation; the message that opens an outbound ticket is
   * no reply.
   */
  boolean isHumanReply(int position) {
    return position != openingMessage
        && entries.get(position) instanceof Message message
        && message.isPublicBy(AuthorClass.AGENT)
        && message.at() >= createdAt;
  }

  /**
   * A public message by an agent that is not the opening of an outbound ticket, whenever it was
   * written.
   */
  boolean isAgentContribution(int position) {
    return position != openingMessage
        && entries.get(position) instanceof Message message
        && message.isPublicBy(AuthorClass.AGENT);
  }

  /**
   * Whether the entry is an agent's answer to a call that this ticket is about.
   *
   * <p>A call that came with a merged ticket before this one was created was that ticket's affair;
   * the call that made the help desk open this ticket is answered before its creation.
   */
  boolean isAnsweredCall(int position) {
    return entries.get(position) instanceof AnsweredCall call
        && (call.at() >= createdAt || !call.isFromMergedTicket());
  }

  /** A human reply in writing or on the phone. */
  boolean isHumanAnswer(int position) {
    return isHumanReply(position) || isAnsweredCall(position);
  }

  /**
   * A public message of a customer who waits for this ticket.
   *
   * <p>What came with a merged ticket before this one was created was that ticket's affair; the
   * opening message of this ticket counts even if the source dates it before the creation.
   */
  boolean isCustomerMessage(int position) {
    return entries.get(position) instanceof Message message
        && message.isPublicBy(AuthorClass.CUSTOMER)
        && (message.at() >= createdAt || !message.isFromMergedTicket());
  }
}
