package dev.nightdesk.logic;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/**
 * What was promised to a ticket's customer, and when it was due.
 *
 * <p>First response: of inbound tickets, from the creation to the first reply, which can be an
 * answered call, or the first solve without one. Next response: of every wait after the first
 * reply. Resolution: from the creation or a reopen to the solve.
 *
 * <p>A change of priority or policy applies the new target to the same start. A deadline that has
 * passed stays: the promise is broken, whatever comes later. A change to a state without target
 * takes the promise back.
 */
final class SlaClock {

  private final Timeline timeline;
  private final SlaPolicies policies;
  private final BusinessTime businessTime;
  private final String firstPriority;
  private final List<SlaInstance> instances = new ArrayList<>();
  private final int[] numbers = new int[SlaMetric.values().length];

  private SlaClock(
      Timeline timeline, SlaPolicies policies, BusinessTime businessTime, String firstPriority) {
    this.timeline = timeline;
    this.policies = policies;
    this.businessTime = businessTime;
    this.firstPriority = firstPriority;
  }

  /**
   * The instances of a ticket.
   *
   * @param firstPriority the priority at the creation; null: none
   */
  static List<SlaInstance> of(
      Timeline timeline,
      List<SolveCycle> cycles,
      List<WaitEpisode> episodes,
      SlaPolicies policies,
      BusinessTime businessTime,
      String firstPriority) {
    SlaClock clock = new SlaClock(timeline, policies, businessTime, firstPriority);
    clock.promiseFirstResponse(cycles);
    clock.promiseNextResponses(episodes);
    clock.promiseResolutions(cycles);
    return clock.instances;
  }

  private void promiseFirstResponse(List<SolveCycle> cycles) {
    if (timeline.isOutbound()) {
      return;
    }
    int fulfilled = cycles.isEmpty() ? timeline.entries().size() : cycles.get(0).solvePosition();
    for (int i = 0; i < fulfilled; i++) {
      if (timeline.isHumanAnswer(i)) {
        fulfilled = i;
      }
    }
    promise(SlaMetric.FIRST_RESPONSE, timeline.createdAt(), -1, fulfilled);
  }

  private void promiseNextResponses(List<WaitEpisode> episodes) {
    for (WaitEpisode episode : episodes) {
      if (episode.isAfterFirstReply()) {
        int fulfilled =
            episode.endPosition() < 0 ? timeline.entries().size() : episode.endPosition();
        promise(SlaMetric.NEXT_RESPONSE, episode.openedAt(), episode.openPosition(), fulfilled);
      }
    }
  }

  private void promiseResolutions(List<SolveCycle> cycles) {
    for (SolveCycle cycle : cycles) {
      promise(
          SlaMetric.RESOLUTION, cycle.startedAt(), cycle.startPosition(), cycle.solvePosition());
    }
    SolveCycle last = cycles.isEmpty() ? null : cycles.get(cycles.size() - 1);
    if (last == null) {
      promise(SlaMetric.RESOLUTION, timeline.createdAt(), -1, timeline.entries().size());
    } else if (last.reopenedAt() != null) {
      promise(
          SlaMetric.RESOLUTION,
          last.reopenedAt(),
          last.reopenPosition(),
          timeline.entries().size());
    }
  }

  /**
   * Adds an instance, if there is a target for it.
   *
   * @param start the position of the entry that starts it; -1: the creation
   * @param end the position of the entry that fulfils it; the number of entries: none does
   */
  private void promise(SlaMetric metric, long startedAt, int start, int end) {
    Applied applied = apply(metric, startedAt, start, startedAt);
    for (int i = start + 1; i < end; i++) {
      if (timeline.entries().get(i) instanceof Change change
          && (change.is(Change.PRIORITY) || change.is(Change.SLA_POLICY))) {
        long changedAt = timeline.effectiveAt(i);
        if (applied != null && applied.dueAt < changedAt) {
          break;
        }
        applied = apply(metric, startedAt, i, changedAt);
      }
    }
    if (applied == null) {
      return;
    }
    boolean isFulfilled = end < timeline.entries().size();
    Long fulfilledAt = isFulfilled ? (Long) timeline.effectiveAt(end) : null;
    long decidedAt = isFulfilled ? Math.min(fulfilledAt, applied.dueAt) : applied.dueAt;
    instances.add(
        new SlaInstance(
            metric,
            ++numbers[metric.ordinal()],
            applied.policyKey,
            applied.priority,
            applied.target.seconds(),
            applied.target.isBusiness(),
            startedAt,
            applied.dueAt,
            fulfilledAt,
            timeline.assigneeAt(decidedAt)));
  }

  /** A target in force, and when it is due. */
  private record Applied(String policyKey, String priority, SlaPolicy.Target target, long dueAt) {}

  /** The target that policy and priority give after an entry; null: none. */
  private Applied apply(SlaMetric metric, long startedAt, int position, long appliedAt) {
    String channel = timeline.ticket().channelCode();
    String type = timeline.ticket().typeCode();
    Change ordered = lastChange(Change.SLA_POLICY, position);
    SlaPolicy policy = policies.matching(channel, type, startedAt);
    if (ordered != null) {
      policy = policies.named(ordered.newValue(), startedAt);
      policy = policy == null ? policies.named(ordered.newValue(), appliedAt) : policy;
    }
    Change prioritised = lastChange(Change.PRIORITY, position);
    String priority = prioritised == null ? firstPriority : prioritised.newValue();
    SlaPolicy.Target target = policy == null ? null : policy.target(metric, priority);
    if (target == null) {
      return null;
    }
    OptionalLong due =
        (target.isBusiness() ? businessTime : BusinessTime.ALWAYS)
            .after(startedAt, target.seconds());
    return due.isEmpty()
        ? null
        : new Applied(policy.policyKey(), priority, target, Math.max(due.getAsLong(), appliedAt));
  }

  private Change lastChange(String typeCode, int position) {
    for (int i = position; i >= 0; i--) {
      if (timeline.entries().get(i) instanceof Change change && change.is(typeCode)) {
        return change;
      }
    }
    return null;
  }
}
