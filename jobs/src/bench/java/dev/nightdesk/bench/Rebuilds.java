package dev.nightdesk.bench;

import java.nio.file.Path;
import java.util.Collections;
import java.util.function.Consumer;

/**
 * P1, P2 and P5: a history from its dumps to all tables, by us and by the peer, and its last night
 * on the tables of the night before. A round is our rebuild, the night, the peer's rebuild, in this
 * order, and the values of all three are compared.
 *
 * @param setup the rounds and the places
 * @param bases the warehouses before the last night
 * @param results where everything goes
 * @param progress hears what takes its time
 */
record Rebuilds(Setup setup, Bases bases, Results results, Consumer<String> progress) {

  /** What a round measures besides the rebuilds. */
  enum Extent {
    REBUILDS,
    REBUILDS_AND_NIGHT
  }

  /** All rounds of a history. */
  void measure(History history, Extent extent) {
    boolean hasNight = extent == Extent.REBUILDS_AND_NIGHT;
    String size = "%,d tickets".formatted(history.tickets());
    Ours ours = bases.ours();
    PeerProcess peer = new PeerProcess(setup);
    Runs ourRebuilds = results.runs("P1", "rebuild of " + size, "ours");
    Runs peerRebuilds = results.runs("P1", "rebuild of " + size, "DuckDB");
    Runs nights = results.runs("P2", "last night of " + size, "ours");
    String name = history.name();
    Path rebuilt = setup.place(name + "-rebuilt");
    Path night = setup.place(name + "-night");
    Path output = setup.place(name + "-peer");
    for (int round = 1; round <= setup.rounds(); round++) {
      String run = "%s-round-%d".formatted(name, round);
      progress.accept("round %d of %d: our rebuild of %s".formatted(round, setup.rounds(), size));
      prepare(rebuilt);
      ourRebuilds.add(ours.nightly(history, null, rebuilt, setup.memoryGib(), run + "-ours").run());
      if (hasNight) {
        bases.copy(history, night);
        progress.accept("round %d of %d: the last night".formatted(round, setup.rounds()));
        nights.add(
            ours.nightly(history, null, night, setup.nightMemoryGib(), run + "-night").run());
      }
      progress.accept("round %d of %d: the peer's rebuild".formatted(round, setup.rounds()));
      prepare(output);
      peerRebuilds.add(peer.rebuild(history, output, run + "-peer").run());
      peer.requireSameValues(rebuilt, output, run + "-comparison");
      if (hasNight) {
        peer.requireSameValues(night, output, run + "-comparison-night");
      }
    }
    results.finding("P1", "%s: our values are those of the peer, in every round".formatted(size));
    if (hasNight) {
      progress.accept("comparing all tables of the night with those of the rebuild");
      int tables = new TableSums(ours).requireSame(history, rebuilt, night, name + "-sums");
      results.finding(
          "P2",
          "%s: the %d tables of the night are those of the rebuild, row by row, and its values those of the peer"
              .formatted(size, tables));
    }
    compare(size, ourRebuilds, peerRebuilds, nights);
    Folders.delete(rebuilt);
    Folders.delete(night);
    Folders.delete(output);
  }

  private void prepare(Path place) {
    Folders.delete(place);
    Folders.settle(setup.log("settle"));
  }

  private void compare(String size, Runs ours, Runs peer, Runs nights) {
    results.ratio(
        new Ratio("P1", "ours / DuckDB, rebuild of " + size, ours, peer, Goal.atMost(1.5)));
    results.ratio(new Ratio("P2", "our rebuild / night, " + size, ours, nights, Goal.atLeast(10)));
    results.ratio(
        new Ratio("P2", "DuckDB's rebuild / night, " + size, peer, nights, Goal.atLeast(5)));
    inMemory("rebuild of " + size, setup.memoryGib(), ours);
    inMemory("night of " + size, setup.nightMemoryGib(), nights);
  }

  private void inMemory(String work, int heapGib, Runs runs) {
    if (!runs.usages().isEmpty()) {
      double peak = Collections.max(runs.values(Runs.Measure.PEAK));
      results.finding(
          "P5",
          "%s: done within a heap of %d GiB; most resident memory %s MB"
              .formatted(work, heapGib, Results.number(peak)));
    }
  }
}
