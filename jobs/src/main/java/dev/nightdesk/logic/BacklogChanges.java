package dev.nightdesk.logic;

import dev.nightdesk.logic.BacklogChange.Part;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

/**
 * How a ticket enters and leaves the unresolved work of its assignees.
 *
 * <p>What happens at one instant counts as one change, by the state after all of it. A ticket that
 * is unresolved also changes when it gets 1, 3, 7 and 30 times 24 hours old; those of an open
 * ticket that lie ahead are there too, as if it stayed as it is.
 */
final class BacklogChanges {

  private static final int[] AGE_LIMITS_DAYS = {1, 3, 7, 30};

  private final Timeline timeline;
  private final List<StatusInterval> intervals;
  private final List<WaitEpisode> episodes;
  private final List<BacklogChange> changes = new ArrayList<>();
  private int interval;
  private int episode = -1;

  private BacklogChanges(
      Timeline timeline, List<StatusInterval> intervals, List<WaitEpisode> episodes) {
    this.timeline = timeline;
    this.intervals = intervals;
    this.episodes = episodes;
  }

  static List<BacklogChange> of(
      Timeline timeline, List<StatusInterval> intervals, List<WaitEpisode> episodes) {
    return new BacklogChanges(timeline, intervals, episodes).read();
  }

  private List<BacklogChange> read() {
    String agent = Timeline.UNASSIGNED;
    int[] counts = new int[Part.values().length];
    for (long at : instants()) {
      String nextAgent = timeline.assigneeAt(at);
      int[] nextCounts = countsAt(at, nextAgent);
      if (nextAgent.equals(agent)) {
        add(at, agent, difference(counts, nextCounts));
      } else {
        add(at, agent, difference(counts, new int[counts.length]));
        add(at, nextAgent, nextCounts);
      }
      agent = nextAgent;
      counts = nextCounts;
    }
    return changes;
  }

  private TreeSet<Long> instants() {
    TreeSet<Long> instants = new TreeSet<>();
    for (StatusInterval held : intervals) {
      instants.add(held.startedAt());
    }
    for (WaitEpisode wait : episodes) {
      instants.add(wait.openedAt());
      if (wait.endedAt() != null) {
        instants.add(wait.endedAt());
      }
    }
    for (int i = 0; i < timeline.entries().size(); i++) {
      if (timeline.entries().get(i) instanceof Change change && change.is(Change.ASSIGNEE)) {
        instants.add(timeline.effectiveAt(i));
      }
    }
    for (int days : AGE_LIMITS_DAYS) {
      instants.add(timeline.createdAt() + days * Micros.PER_DAY);
    }
    return instants;
  }

  private int[] countsAt(long at, String agent) {
    int[] counts = new int[Part.values().length];
    Status status = statusAt(at);
    boolean isWaiting = isCustomerWaitingAt(at);
    if (!status.isResolved()) {
      counts[Part.ALL.ordinal()] = 1;
      counts[Part.UNASSIGNED.ordinal()] = agent.equals(Timeline.UNASSIGNED) ? 1 : 0;
      counts[Part.CUSTOMER_WAITING.ordinal()] = isWaiting ? 1 : 0;
      counts[Part.NEW.ordinal() + status.ordinal()] = 1;
      counts[ageBandAt(at).ordinal()] = 1;
    }
    return counts;
  }

  /** The status at an instant that is not before the one asked for last. */
  private Status statusAt(long at) {
    while (interval + 1 < intervals.size() && intervals.get(interval + 1).startedAt() <= at) {
      interval++;
    }
    return intervals.get(interval).status();
  }

  /** Whether a wait is open at an instant that is not before the one asked for last. */
  private boolean isCustomerWaitingAt(long at) {
    while (episode + 1 < episodes.size() && episodes.get(episode + 1).openedAt() <= at) {
      episode++;
    }
    // Waits follow each other, so only the latest can be open.
    Long endedAt = episode < 0 ? Long.valueOf(Long.MIN_VALUE) : episodes.get(episode).endedAt();
    return endedAt == null || endedAt > at;
  }

  private Part ageBandAt(long at) {
    int band = Part.UNDER_1_DAY.ordinal();
    for (int days : AGE_LIMITS_DAYS) {
      band += at - timeline.createdAt() >= days * Micros.PER_DAY ? 1 : 0;
    }
    return Part.values()[band];
  }

  private static int[] difference(int[] before, int[] after) {
    int[] difference = new int[before.length];
    for (int i = 0; i < before.length; i++) {
      difference[i] = after[i] - before[i];
    }
    return difference;
  }

  private void add(long at, String agent, int[] change) {
    for (int part : change) {
      if (part != 0) {
        changes.add(new BacklogChange(changes.size() + 1, at, agent, change));
        return;
      }
    }
  }
}
