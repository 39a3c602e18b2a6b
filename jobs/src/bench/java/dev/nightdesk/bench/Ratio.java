package dev.nightdesk.bench;

import java.util.ArrayList;
import java.util.List;

/**
 * How many times as much one work takes as another one.
 *
 * @param target the target that it is for: P1 …
 * @param name what is compared
 * @param over the dividend
 * @param under the divisor
 * @param goal of the wall ratio; null if none is set
 */
record Ratio(String target, String name, Runs over, Runs under, Goal goal) {

  /** Of the medians; not a number if a side does not know the measure. */
  double of(Runs.Measure measure) {
    List<Double> above = over.values(measure);
    List<Double> below = under.values(measure);
    return above.isEmpty() || below.isEmpty()
        ? Double.NaN
        : Runs.median(above) / Runs.median(below);
  }

  /** Of the wall seconds of each round: its two runs were next to each other. */
  List<Double> ofRounds() {
    List<Double> above = over.values(Runs.Measure.WALL);
    List<Double> below = under.values(Runs.Measure.WALL);
    List<Double> ratios = new ArrayList<>();
    for (int round = 0; round < Math.min(above.size(), below.size()); round++) {
      ratios.add(above.get(round) / below.get(round));
    }
    return ratios;
  }
}
