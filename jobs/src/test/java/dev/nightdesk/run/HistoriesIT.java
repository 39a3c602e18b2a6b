package dev.nightdesk.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nightdesk.SparkTestBase;
import dev.nightdesk.histories.Chance;
import dev.nightdesk.histories.Cut;
import dev.nightdesk.histories.Happening;
import dev.nightdesk.histories.Histories;
import dev.nightdesk.histories.NightPlan;
import dev.nightdesk.histories.Version;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HistoriesIT extends SparkTestBase {

  private static final long SEED = Long.getLong("histories.seed", 1L);
  private static final int HISTORIES = Integer.getInteger("histories", 100);
  private static final int NIGHTS = Integer.getInteger("histories.nights", 3);

  @TempDir Path folder;

  @Test
  void everyKindOfHappeningOccurs() {
    Chance chance = new Chance(SEED, 0);
    List<NightPlan> plans = NightPlan.some(chance, 6);
    List<Version> versions = new ArrayList<>();
    for (int i = 1; i <= HISTORIES; i++) {
      versions.addAll(Histories.one(SEED, i));
    }
    Cut cut = new Cut(versions, plans, chance);
    System.err.println(plans);
    System.err.println(versions.size() + " versions; " + cut.happenings());
    for (NightPlan plan : plans) {
      System.err.println(
          plan.number()
              + " files "
              + cut.filesOf(plan).size()
              + " records "
              + cut.filesOf(plan).stream().mapToInt(f -> f.versions().size()).sum());
    }
    assertThat(cut.happenings().keySet()).contains(Happening.values());
  }
}
