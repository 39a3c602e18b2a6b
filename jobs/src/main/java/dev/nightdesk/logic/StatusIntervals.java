package dev.nightdesk.logic;

import java.util.ArrayList;
import java.util.List;

/** The statuses that a ticket held, one after the other. */
final class StatusIntervals {

  /** A change to a deleted state or back into the same status begins no interval. */
  static List<StatusInterval> of(Timeline timeline) {
    List<StatusInterval> intervals = new ArrayList<>();
    StatusInterval current =
        new StatusInterval(
            1,
            Status.NEW,
            timeline.createdAt(),
            null,
            null,
            AuthorClass.UNKNOWN,
            timeline.assigneeAfter(-1),
            -1);
    for (int i = 0; i < timeline.entries().size(); i++) {
      if (timeline.entries().get(i) instanceof Change change
          && change.is(Change.STATUS)
          && !Change.DELETED.equals(change.newValue())) {
        Status status = Status.of(change.newValue(), timeline.ticket().ticketKey());
        if (status != current.status()) {
          intervals.add(current.endingAt(timeline.effectiveAt(i)));
          current =
              new StatusInterval(
                  current.number() + 1,
                  status,
                  timeline.effectiveAt(i),
                  null,
                  change.actorKey(),
                  change.actorClass(),
                  timeline.assigneeAfter(i),
                  i);
        }
      }
    }
    intervals.add(current);
    return intervals;
  }

  private StatusIntervals() {}
}
