package dev.nightdesk.run;

import dev.nightdesk.io.Checkpoints.Point;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
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

  /** So many lines a night says at least before it publishes. */
  private static final int LINES_OF_BUILDING = 46;

  /** So many until it is done. */
  private static final int LINES_OF_A_NIGHT = 49;

  /** One dies while it builds a night, three over its publication. */
  private static final List<Kill> USUAL =
      List.of(
          at("nightly", Point.FACTS, 1),
          at("nightly", Point.IN_LOG, 5),
          // In the middle of finishing what the one before left.
          at("publish", Point.IN_COMMIT, 10),
          at("publish", Point.BEFORE_PUBLICATION, 1));

  /** Every point of one night; most go on where the one before died. */
  private static final List<Kill> ALL =
      List.of(
          at("nightly", Point.LEASE, 1),
          at("stage", Point.STAGE, 1),
          at("facts", Point.FACTS, 1),
          at("kpis", Point.KPIS, 1),
          at("audit", Point.AUDIT, 1),
          at("nightly", Point.INTENT, 1),
          at("publish", Point.ROLL_FORWARD, 1),
          at("publish", Point.IN_COMMIT, 3),
          at("publish", Point.IN_LOG, 3),
          at("publish", Point.COMMIT, 9),
          at("publish", Point.COMMITTED, 1),
          at("publish", Point.BEFORE_PUBLICATION, 1),
          at("publish", Point.PUBLISHED, 1),
          at("nightly", Point.CLEARED, 1));

  private static Kill at(String command, Point point, int times) {
    return new Kill(command, point, times, 0, 0);
  }

  private static Kill anywhere(Random chance, int lines, int millis) {
    return new Kill("nightly", null, 0, chance.nextInt(lines), chance.nextInt(millis));
  }

  /** Whether so many kills reach every point. */
  static boolean isThorough(int kills) {
    return kills > ALL.size();
  }

  /**
   * The kills of a test: many of them reach every point and then any moment of the nights after
   * that; few come before a night is published, which takes one night less.
   */
  static List<Kill> plan(int kills, long seed) {
    Random chance = new Random(seed);
    List<Kill> plan = new ArrayList<>();
    if (isThorough(kills)) {
      plan.addAll(ALL);
      while (plan.size() < kills) {
        plan.add(anywhere(chance, LINES_OF_A_NIGHT, 3000));
      }
      return plan;
    }
    while (plan.size() < kills - USUAL.size()) {
      plan.add(anywhere(chance, LINES_OF_BUILDING, 500));
    }
    plan.addAll(USUAL);
    return plan.subList(0, kills);
  }

  /** What makes a JVM die there by itself. */
  Map<String, String> properties() {
    return point == null ? Map.of() : Map.of("nightdesk.halt-at", point + ":" + times);
  }

  @Override
  public String toString() {
    return point == null
        ? "%s %d ms after line %d".formatted(command, millis, lines)
        : "%s at %s:%d".formatted(command, point, times);
  }
}
