package dev.nightdesk.logic;

import dev.nightdesk.logic.BacklogChange.Part;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

/**
 * How a ticket enters and leaves the unresolved work of its assignees.
 *
 * <p>What happens at one instant counts as one change, by the state after all of it. A ticket that is unresolved also
 * changes when it gets 1, 3, 7 and 30 times 24 hours old; those of an open ticket that lie ahead are there too, as if
 * it stayed as it is.
 */
final class BacklogChanges {

  private static final int[] AGE_LIMITS_DAYS = {1, 3, 7, 30};

  private final Timeline timeline;
  private final List<StatusInterval> intervals;
  private final List<WaitEpisode> episodes;
  private final List<BacklogChange> changes = new ArrayList<>();

  private BacklogChanges(Timeline timeline, List<StatusInterval> intervals, List<WaitEpisode> episodes) {
    this.timeline = timeline;
    this.intervals = intervals;
    this.episodes = episodes;
  }

  static List<BacklogChange> of(Timeline timeline, List<StatusInterval> intervals, List<WaitEpisode> episodes) {
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
    for (StatusInterval interval : intervals) {
      instants.add(interval.startedAt());
    }
    for (WaitEpisode episode : episodes) {
      instants.add(episode.openedAt());
      if (episode.endedAt() != null) {
        instants.add(episode.endedAt());
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
    if (!status.isResolved()) {
      counts[Part.ALL.ordinal()] = 1;
      counts[Part.UNASSIGNED.ordinal()] = agent.equals(Timeline.UNASSIGNED) ? 1 : 0;
      counts[Part.CUSTOMER_WAITING.ordinal()] = isCustomerWaitingAt(at) ? 1 : 0;
      counts[Part.NEW.ordinal() + status.ordinal()] = 1;
      counts[ageBandAt(at).ordinal()] = 1;
    }
    return counts;
  }

  private Status statusAt(long at) {
    Status status = Status.NEW;
    for (StatusInterval interval : intervals) {
      if (interval.startedAt() <= at) {
        status = interval.status();
      }
    }
    return status;
  }

  private boolean isCustomerWaitingAt(long at) {
    return episodes.stream()
        .anyMatch(episode -> episode.openedAt() <= at && (episode.endedAt() == null || episode.endedAt() > at));
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
