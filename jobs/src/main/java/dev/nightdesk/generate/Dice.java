package dev.nightdesk.generate;

import java.util.List;

/**
 * Chance that is the same on every machine: SplitMix64 written out, and StrictMath, because the
 * JDK's own distributions and intrinsics may differ between versions.
 */
final class Dice {

  private static final long GOLDEN = 0x9E3779B97F4A7C15L;

  private long state;

  private Dice(long state) {
    this.state = state;
  }

  /** A stream of its own per seed, subject and number: what one draws never shifts another. */
  static Dice of(long seed, Subject subject, long number) {
    long mixed = mix(seed + GOLDEN);
    mixed = mix(mixed + GOLDEN * (subject.ordinal() + 1L));
    return new Dice(mix(mixed ^ (number * 0xD1B54A32D192ED03L + GOLDEN)));
  }

  /** What chance decides about. */
  enum Subject {
    DEMAND,
    TICKET,
    STAFF,
    SHIFT,
    CUSTOMER,
    COMMERCE,
    VISITS,
    MACROS,
    DELIVERY
  }

  private static long mix(long value) {
    long z = value;
    z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return z ^ (z >>> 31);
  }

  private long next() {
    state += GOLDEN;
    return mix(state);
  }

  /** From 0, below 1. */
  double share() {
    return (next() >>> 11) * 0x1.0p-53;
  }

  boolean chance(double probability) {
    return share() < probability;
  }

  /** From 0, below {@code bound}. */
  int below(int bound) {
    return (int) (share() * bound);
  }

  /** From {@code low} to {@code high}, both included. */
  long between(long low, long high) {
    return low + (long) (share() * (high - low + 1));
  }

  <T> T pick(List<T> things) {
    return things.get(below(things.size()));
  }

  /** Normal with mean 0 and deviation 1. */
  double gaussian() {
    double radius = StrictMath.sqrt(-2 * StrictMath.log(1 - share()));
    return radius * StrictMath.cos(2 * StrictMath.PI * share());
  }

  /** Log-normal: half of the values lie below {@code median}. */
  double logNormal(double median, double sigma) {
    return median * StrictMath.exp(sigma * gaussian());
  }

  /** Log-normal whole seconds, at least 1. */
  long seconds(double median, double sigma) {
    return Math.max(1, (long) logNormal(median, sigma));
  }

  /** The index that a draw hits in running totals. */
  int weighted(double[] totals) {
    double hit = share() * totals[totals.length - 1];
    int low = 0;
    int high = totals.length - 1;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (totals[middle] > hit) {
        high = middle;
      } else {
        low = middle + 1;
      }
    }
    return low;
  }

  /** Running totals of weights, for {@link #weighted}. */
  static double[] totals(double... weights) {
    double[] totals = new double[weights.length];
    double total = 0;
    for (int i = 0; i < weights.length; i++) {
      total += weights[i];
      totals[i] = total;
    }
    return totals;
  }
}
