package dev.nightdesk.run;

import dev.nightdesk.io.TaskMeter.Stretch;
import dev.nightdesk.publish.Phase;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The wall time of a step, divided among its phases: what runs side by side shares a moment, so the
 * shares add up to the time of the step.
 */
final class WallShares {

  /**
   * A part of the wall time of a step.
   *
   * @param seconds all of it
   * @param planningSeconds moments in which no task ran
   */
  record Share(double seconds, double planningSeconds) {

    private Share plus(double more, boolean isPlanning) {
      return new Share(seconds + more, planningSeconds + (isPlanning ? more : 0));
    }
  }

  /**
   * Something begins or ends.
   *
   * @param phase null: tasks
   */
  private record Turn(long at, Phase phase, int change) {}

  private static final Share NONE = new Share(0, 0);

  private final Map<Phase, Share> shares = new HashMap<>();
  private Share rest = NONE;

  private WallShares() {}

  /**
   * Divides a step.
   *
   * @param step when it ran
   * @param phases when each of its phases ran
   * @param tasks when any task ran
   */
  static WallShares of(Stretch step, Map<Phase, List<Stretch>> phases, List<Stretch> tasks) {
    List<Turn> turns = new ArrayList<>();
    phases.forEach((phase, ran) -> ran.forEach(one -> add(turns, step, phase, one)));
    tasks.forEach(one -> add(turns, step, null, one));
    turns.sort(Comparator.comparingLong(Turn::at));
    WallShares shares = new WallShares();
    Map<Phase, Integer> running = new HashMap<>();
    int busy = 0;
    long at = step.from();
    for (Turn turn : turns) {
      shares.divide((turn.at() - at) / 1e3, running, busy == 0);
      at = turn.at();
      if (turn.phase() == null) {
        busy += turn.change();
      } else if (running.merge(turn.phase(), turn.change(), Integer::sum) == 0) {
        running.remove(turn.phase());
      }
    }
    shares.divide((step.to() - at) / 1e3, running, busy == 0);
    return shares;
  }

  /** A clock that is set while a step runs must not make negative time. */
  private static void add(List<Turn> turns, Stretch step, Phase phase, Stretch one) {
    long from = Math.max(step.from(), Math.min(step.to(), one.from()));
    long to = Math.max(from, Math.min(step.to(), one.to()));
    turns.add(new Turn(from, phase, 1));
    turns.add(new Turn(to, phase, -1));
  }

  private void divide(double seconds, Map<Phase, Integer> running, boolean isPlanning) {
    if (seconds <= 0) {
      return;
    }
    if (running.isEmpty()) {
      rest = rest.plus(seconds, isPlanning);
      return;
    }
    running
        .keySet()
        .forEach(phase -> shares.put(phase, of(phase).plus(seconds / running.size(), isPlanning)));
  }

  /** That of a phase. */
  Share of(Phase phase) {
    return shares.getOrDefault(phase, NONE);
  }

  /** What is left: no phase ran. */
  Share rest() {
    return rest;
  }
}
