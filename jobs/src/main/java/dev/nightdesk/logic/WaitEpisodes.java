package dev.nightdesk.logic;

import dev.nightdesk.logic.WaitEpisode.Outcome;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The waits of a ticket's customer.
 *
 * <p>A wait opens at the first customer message while none is open, closes at the next human reply,
 * and ends unanswered at a solve without one. Notes and bots change nothing. A message that makes
 * the help desk reopen the ticket comes before the reopen and opens the wait; the reopen itself
 * neither opens nor closes one.
 */
final class WaitEpisodes {

  private final Timeline timeline;
  private final BusinessTime businessTime;
  private final List<WaitEpisode> episodes = new ArrayList<>();
  private int opened = -1;
  private boolean hasReply;

  private WaitEpisodes(Timeline timeline, BusinessTime businessTime) {
    this.timeline = timeline;
    this.businessTime = businessTime;
  }

  static List<WaitEpisode> of(
      Timeline timeline, List<SolveCycle> cycles, BusinessTime businessTime) {
    return new WaitEpisodes(timeline, businessTime).read(cycles);
  }

  private List<WaitEpisode> read(List<SolveCycle> cycles) {
    Set<Integer> solves =
        cycles.stream().map(SolveCycle::solvePosition).collect(Collectors.toSet());
    for (int i = 0; i < timeline.entries().size(); i++) {
      if (timeline.isHumanReply(i)) {
        end(
            Outcome.ANSWERED,
            i,
            Timeline.orUnassigned(((Message) timeline.entries().get(i)).authorKey()));
        hasReply = true;
      } else if (timeline.isCustomerMessage(i)) {
        opened = opened < 0 ? i : opened;
      } else if (solves.contains(i)) {
        end(Outcome.UNANSWERED, i, timeline.assigneeAfter(i));
      }
    }
    end(Outcome.OPEN, -1, timeline.assigneeAfter(timeline.entries().size() - 1));
    return episodes;
  }

  private void end(Outcome outcome, int position, String agentKey) {
    if (opened < 0) {
      return;
    }
    long openedAt = timeline.effectiveAt(opened);
    Long endedAt = position < 0 ? null : (Long) timeline.effectiveAt(position);
    episodes.add(
        new WaitEpisode(
            episodes.size() + 1,
            openedAt,
            opened,
            outcome,
            endedAt,
            position,
            agentKey,
            outcome == Outcome.ANSWERED ? businessTime.between(openedAt, endedAt) : null,
            !hasReply && outcome != Outcome.UNANSWERED,
            hasReply));
    opened = -1;
  }
}
