package dev.nightdesk.logic;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;

/**
 * The promises of a ticket as the help desk itself tells them.
 *
 * <p>Of a metric of which the vendor tells anything, its promises are the only ones: it knows the
 * conditions of its policies, what it paused, and what it breached. A promise without a target is
 * none. A breach is where the vendor says, and one that the vendor saw kept is kept, whatever the
 * target says.
 */
final class VendorSla {

  private final Timeline timeline;
  private final BusinessTime businessTime;

  VendorSla(Timeline timeline, BusinessTime businessTime) {
    this.timeline = timeline;
    this.businessTime = businessTime;
  }

  /**
   * Puts the vendor's promises in the place of ours.
   *
   * @param own our promises
   * @param events all that the vendor tells and that is known as of the run
   */
  List<SlaInstance> replace(List<SlaInstance> own, List<SlaEvent> events) {
    if (events.isEmpty()) {
      return own;
    }
    Set<SlaMetric> told = EnumSet.noneOf(SlaMetric.class);
    Map<SlaMetric, Map<Integer, List<SlaEvent>>> promises = new TreeMap<>();
    for (SlaEvent event : events) {
      told.add(event.metric());
      promises
          .computeIfAbsent(event.metric(), any -> new TreeMap<>())
          .computeIfAbsent(event.number(), any -> new ArrayList<>())
          .add(event);
    }
    List<SlaInstance> instances = new ArrayList<>();
    own.stream().filter(instance -> !told.contains(instance.metric())).forEach(instances::add);
    promises.forEach(
        (metric, ofMetric) -> {
          int number = 0;
          for (List<SlaEvent> ofPromise : ofMetric.values()) {
            SlaInstance instance = instance(metric, number + 1, ofPromise);
            if (instance != null) {
              instances.add(instance);
              number++;
            }
          }
        });
    return instances;
  }

  /** Null for a promise without a target. */
  private SlaInstance instance(SlaMetric metric, int number, List<SlaEvent> events) {
    SlaEvent applied = last(events, SlaEvent.Kind.APPLY);
    if (applied == null) {
      return null;
    }
    SlaEvent begun = first(events, SlaEvent.Kind.ACTIVATE);
    begun = begun == null ? first(events, SlaEvent.Kind.APPLY) : begun;
    SlaEvent fulfilled = last(events, SlaEvent.Kind.FULFILL);
    SlaEvent breached = first(events, SlaEvent.Kind.BREACH);
    long startedAt = Math.max(timeline.createdAt(), begun.at());
    Long fulfilledAt = fulfilled == null ? null : (Long) Math.max(startedAt, fulfilled.at());
    Long dueAt = dueAt(applied, startedAt, fulfilledAt, breached);
    if (dueAt == null) {
      return null;
    }
    long decidedAt = fulfilledAt == null ? dueAt : Math.min(fulfilledAt, dueAt);
    return new SlaInstance(
        metric,
        number,
        applied.policyKey(),
        applied.target().priorityCode(),
        applied.target().seconds(),
        applied.target().isBusiness(),
        startedAt,
        dueAt,
        fulfilledAt,
        timeline.assigneeAt(decidedAt));
  }

  private Long dueAt(SlaEvent applied, long startedAt, Long fulfilledAt, SlaEvent breached) {
    if (breached != null) {
      return Math.max(startedAt, breached.at());
    }
    OptionalLong due =
        (applied.target().isBusiness() ? businessTime : BusinessTime.ALWAYS)
            .after(startedAt, applied.target().seconds());
    if (fulfilledAt != null) {
      // Kept by the vendor's word: it may have stood still in between.
      return Math.max(fulfilledAt, due.orElse(fulfilledAt));
    }
    return due.isEmpty() ? null : (Long) Math.max(due.getAsLong(), applied.at());
  }

  private static SlaEvent first(List<SlaEvent> events, SlaEvent.Kind kind) {
    return events.stream()
        .filter(event -> event.kind() == kind)
        .min(Comparator.comparingLong(SlaEvent::at))
        .orElse(null);
  }

  private static SlaEvent last(List<SlaEvent> events, SlaEvent.Kind kind) {
    return events.stream()
        .filter(event -> event.kind() == kind)
        .max(
            Comparator.comparingLong(SlaEvent::at)
                .thenComparing(event -> Objects.requireNonNullElse(event.policyKey(), "")))
        .orElse(null);
  }
}
