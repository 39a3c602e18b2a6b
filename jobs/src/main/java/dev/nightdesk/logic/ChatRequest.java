package dev.nightdesk.logic;

import java.util.List;
import java.util.function.IntPredicate;

/**
 * When the customer of a chat asked for a human, and whether the chat was over before one wrote.
 *
 * <p>The first public customer message asks, unless a bot writes before any agent does: then its
 * hand-off asks, which is the first assignment to an agent after the bot's first message, or an
 * agent's first message if that comes earlier. A bot that never hands over was asked for nobody.
 *
 * @param requestedAt microseconds
 * @param abandonedAt the first solve after the request, if no agent had written by then, in
 *     microseconds; null: not abandoned
 */
public record ChatRequest(long requestedAt, Long abandonedAt) {

  private static final String CHAT = "chat";

  /**
   * The request of a ticket.
   *
   * @param cycles its solves, in order
   * @return null if it is no inbound chat, or nobody was asked for
   */
  static ChatRequest of(Timeline timeline, List<SolveCycle> cycles, AuthorRoles roles) {
    if (timeline.isOutbound() || !timeline.ticket().channelCode().equals(CHAT)) {
      return null;
    }
    int agent = first(timeline, 0, timeline::isHumanReply);
    int bot = first(timeline, 0, i -> isBotMessage(timeline, i));
    int request =
        bot >= 0 && (agent < 0 || bot < agent)
            ? first(
                timeline,
                bot + 1,
                i -> timeline.isHumanReply(i) || isGivenToAnAgent(timeline, i, roles))
            : first(timeline, 0, timeline::isCustomerMessage);
    if (request < 0) {
      return null;
    }
    Long abandonedAt = null;
    for (SolveCycle cycle : cycles) {
      if (cycle.solvePosition() > request) {
        boolean isServed = agent >= 0 && agent < cycle.solvePosition();
        abandonedAt = isServed ? null : (Long) cycle.solvedAt();
        break;
      }
    }
    return new ChatRequest(timeline.effectiveAt(request), abandonedAt);
  }

  private static boolean isBotMessage(Timeline timeline, int position) {
    return timeline.entries().get(position) instanceof Message message
        && message.isPublicBy(AuthorClass.BOT)
        && (message.at() >= timeline.createdAt() || !message.isFromMergedTicket());
  }

  private static boolean isGivenToAnAgent(Timeline timeline, int position, AuthorRoles roles) {
    return timeline.entries().get(position) instanceof Change change
        && change.is(Change.ASSIGNEE)
        && change.newValue() != null
        && roles.classOf(null, change.newValue(), change.at()) != AuthorClass.BOT;
  }

  private static int first(Timeline timeline, int from, IntPredicate predicate) {
    for (int i = from; i < timeline.entries().size(); i++) {
      if (predicate.test(i)) {
        return i;
      }
    }
    return -1;
  }
}
