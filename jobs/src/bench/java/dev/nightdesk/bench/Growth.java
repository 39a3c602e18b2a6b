package dev.nightdesk.bench;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * P3: the same night, its dumps the same files, on a desk alone and with an archive behind it that
 * makes the history several times as large.
 *
 * @param setup the rounds and the places
 * @param bases the warehouses before the night
 * @param results where everything goes
 * @param progress hears what takes its time
 */
record Growth(Setup setup, Bases bases, Results results, Consumer<String> progress) {

  private static final double GOAL = 1.3;

  /**
   * All rounds; a round is the night on each history, one after the other.
   *
   * @param histories the desk alone, then with more and more behind it
   */
  void measure(List<History> histories) {
    List<Runs> nights = new ArrayList<>();
    for (History history : histories) {
      nights.add(
          results.runs("P3", "the same night on %,d tickets".formatted(history.tickets()), "ours"));
    }
    for (int round = 1; round <= setup.rounds(); round++) {
      for (int i = 0; i < histories.size(); i++) {
        History history = histories.get(i);
        Path warehouse = setup.place(history.name() + "-growth");
        bases.copy(history, warehouse);
        progress.accept(
            "round %d of %d: the night on %,d tickets"
                .formatted(round, setup.rounds(), history.tickets()));
        nights
            .get(i)
            .add(
                bases
                    .ours()
                    .nightly(
                        history,
                        null,
                        warehouse,
                        setup.nightMemoryGib(),
                        "%s-growth-%d".formatted(history.name(), round))
                    .run());
        Folders.delete(warehouse);
      }
    }
    for (int i = 1; i < histories.size(); i++) {
      results.ratio(
          new Ratio(
              "P3",
              "night on %,d / on %,d tickets"
                  .formatted(histories.get(i).tickets(), histories.get(0).tickets()),
              nights.get(i),
              nights.get(0),
              Goal.atMost(GOAL)));
    }
  }
}
