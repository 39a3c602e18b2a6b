package dev.nightdesk.generate;

/** Native ids, numbered in the order of making. */
final class Ids {

  private final long[] last = new long[Entity.values().length];

  Ids() {
    for (Entity entity : Entity.values()) {
      last[entity.ordinal()] = (entity.ordinal() + 1) * 1_000_000L;
    }
  }

  long next(Entity entity) {
    return ++last[entity.ordinal()];
  }
}
