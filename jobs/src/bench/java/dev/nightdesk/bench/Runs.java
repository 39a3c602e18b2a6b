package dev.nightdesk.bench;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.ToDoubleFunction;

/** The same work, done several times. */
final class Runs {

  private final String target;
  private final String work;
  private final String side;
  private final List<Usage> usages = new ArrayList<>();

  /**
   * No runs yet.
   *
   * @param target the target that they are for: P1 …
   * @param work what is done
   * @param side who does it
   */
  Runs(String target, String work, String side) {
    this.target = target;
    this.work = work;
    this.side = side;
  }

  void add(Usage usage) {
    usages.add(usage);
  }

  String target() {
    return target;
  }

  String work() {
    return work;
  }

  String side() {
    return side;
  }

  /** In the order in which they were done. */
  List<Usage> usages() {
    return Collections.unmodifiableList(usages);
  }

  /** The middle of all runs; of an even number the mean of the two in the middle. */
  static double median(List<Double> values) {
    List<Double> sorted = values.stream().sorted().toList();
    int middle = sorted.size() / 2;
    return sorted.size() % 2 == 1
        ? sorted.get(middle)
        : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
  }

  /** A measure of every run; none if it is not known. */
  List<Double> values(Measure measure) {
    return usages.stream().map(measure::of).filter(value -> !Double.isNaN(value)).toList();
  }

  /** What can be compared. */
  enum Measure {
    /** Seconds. */
    WALL(usage -> usage.wall().toNanos() / 1e9),
    /** Seconds. */
    CPU(usage -> usage.cpu() == null ? Double.NaN : usage.cpu().toNanos() / 1e9),
    /** Megabytes of 1,000,000 bytes. */
    PEAK(usage -> megabytes(usage.peakBytes())),
    /** Megabytes of 1,000,000 bytes. */
    READ(usage -> megabytes(usage.readBytes())),
    /** Megabytes of 1,000,000 bytes. */
    WRITTEN(usage -> megabytes(usage.writtenBytes()));

    private final ToDoubleFunction<Usage> of;

    Measure(ToDoubleFunction<Usage> of) {
      this.of = of;
    }

    /** Not a number if it is not known. */
    double of(Usage usage) {
      return of.applyAsDouble(usage);
    }

    private static double megabytes(Long bytes) {
      return bytes == null ? Double.NaN : bytes / 1e6;
    }
  }
}
