package dev.nightdesk.logic;

import java.util.ArrayList;
import java.util.List;

/**
 * Solves and reopens: changes between unresolved and resolved. Solved to closed is none; closed
 * without ever being solved is a solve.
 */
final class SolveCycles {

  static List<SolveCycle> of(List<StatusInterval> intervals, BusinessTime businessTime) {
    List<SolveCycle> cycles = new ArrayList<>();
    StatusInterval start = intervals.get(0);
    StatusInterval solve = null;
    for (StatusInterval interval : intervals) {
      if (interval.status().isResolved() && solve == null) {
        solve = interval;
      } else if (!interval.status().isResolved() && solve != null) {
        cycles.add(cycle(cycles.size() + 1, start, solve, interval, businessTime));
        start = interval;
        solve = null;
      }
    }
    if (solve != null) {
      cycles.add(cycle(cycles.size() + 1, start, solve, null, businessTime));
    }
    return cycles;
  }

  private static SolveCycle cycle(
      int number,
      StatusInterval start,
      StatusInterval solve,
      StatusInterval reopen,
      BusinessTime businessTime) {
    boolean isByAgent = solve.startedByClass() == AuthorClass.AGENT && solve.startedByKey() != null;
    return new SolveCycle(
        number,
        start.startedAt(),
        start.position(),
        solve.startedAt(),
        solve.position(),
        isByAgent ? solve.startedByKey() : solve.assigneeKey(),
        solve.startedByClass(),
        reopen == null ? null : (Long) reopen.startedAt(),
        reopen == null ? -1 : reopen.position(),
        businessTime.between(start.startedAt(), solve.startedAt()));
  }

  private SolveCycles() {}
}
