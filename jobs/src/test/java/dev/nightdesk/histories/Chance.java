package dev.nightdesk.histories;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Random;

/** Chance from a seed: the same draws on every machine. */
public final class Chance {

  private final Random random;

  /** A stream of its own per seed and number. */
  public Chance(long seed, long number) {
    this.random = new Random(seed * 1_000_003L + number * 7_919L + 17L);
    random.nextLong();
  }

  /** True with a probability from 0 to 1. */
  public boolean of(double probability) {
    return random.nextDouble() < probability;
  }

  /** A whole number from the first to the last, both included. */
  public int between(int first, int last) {
    return first + random.nextInt(last - first + 1);
  }

  /** One of several. */
  @SafeVarargs
  public final <T> T pick(T... of) {
    return of[random.nextInt(of.length)];
  }

  /** One of several. */
  public <T> T pick(List<T> of) {
    return of.get(random.nextInt(of.size()));
  }

  /** An instant at most so long after another. */
  public Instant within(Instant from, Duration longest) {
    return from.plusSeconds(1 + random.nextInt((int) longest.toSeconds()));
  }

  /** Puts a list into another order. */
  public void shuffle(List<?> list) {
    java.util.Collections.shuffle(list, random);
  }
}
