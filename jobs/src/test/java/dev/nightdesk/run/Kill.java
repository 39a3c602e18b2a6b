package dev.nightdesk.run;

import dev.nightdesk.io.Checkpoints.Point;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * One violent death.
 *
 * @param command what dies
 * @param point where; null: anywhere
 * @param times how often the point comes before; 1: at once
 * @param lines how much the command has said, where it may be anywhere
 * @param millis how long after that
 */
record Kill(String command, Point point, int times, int lines, int millis) {

  /** The whole program is about as talkative. */
  private static final int LINES_OF_A_NIGHT = 76;

  /** Three die over one publication, two over the night after it. */
  private static final List<Kill> USUAL =
      List.of(
          at("publish", Point.IN_LOG, 4),
          // In the middle of finishing what the one before left.
          at("publish", Point.IN_COMMIT, 30),
          at("publish", Point.BEFORE_PUBLICATION, 1),
          at("nightly", Point.FACTS, 1));

  /** Every point; each command goes on where the one before died. */
  private static final List<Kill> ALL =
      List.of(
          at("publish", Point.INTENT, 1),
          at("publish", Point.ROLL_FORWARD, 1),
          at("publish", Point.IN_COMMIT, 3),
          at("publish", Point.IN_LOG, 3),
          at("publish", Point.COMMIT, 9),
          at("publish", Point.COMMITTED, 1),
          at("publish", Point.BEFORE_PUBLICATION, 1),
          at("publish", Point.PUBLISHED, 1),
          at("publish", Point.CLEARED, 1),
          at("nightly", Point.LEASE, 1),
          at("nightly", Point.STAGE, 1),
          at("nightly", Point.FACTS, 1),
          at("kpis", Point.KPIS, 1),
          at("audit", Point.AUDIT, 1));

  private static Kill at(String command, Point point, int times) {
    return new Kill(command, point, times, 0, 0);
  }

  /** Whether so many kills reach every point. */
  static boolean isThorough(int kills) {
    return kills > ALL.size();
  }

  /** The kills of a test: first some at points, the rest anywhere in a night. */
  static List<Kill> plan(int kills, long seed) {
    List<Kill> named = isThorough(kills) ? ALL : USUAL;
    List<Kill> plan = new ArrayList<>(named.subList(0, Math.min(kills, named.size())));
    Random chance = new Random(seed);
    while (plan.size() < kills) {
      plan.add(
          new Kill("nightly", null, 0, chance.nextInt(LINES_OF_A_NIGHT), chance.nextInt(1000)));
    }
    return plan;
  }

  @Override
  public String toString() {
    return point == null
        ? "%s %d ms after line %d".formatted(command, millis, lines)
        : "%s at %s:%d".formatted(command, point, times);
  }
}
