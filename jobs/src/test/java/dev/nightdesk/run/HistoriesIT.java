package dev.nightdesk.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nightdesk.SparkTestBase;
import dev.nightdesk.contract.TableContract;
import dev.nightdesk.histories.Chance;
import dev.nightdesk.histories.Cut;
import dev.nightdesk.histories.Happening;
import dev.nightdesk.histories.Histories;
import dev.nightdesk.histories.NightPlan;
import dev.nightdesk.histories.Version;
import dev.nightdesk.io.DeltaTables;
import dev.nightdesk.io.NightTables;
import dev.nightdesk.logic.LatestPerKey;
import dev.nightdesk.publish.Publications;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.apache.hadoop.fs.FileUtil;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * After every night the tables are those of a warehouse that read all dumps at once, whatever way
 * the dumps were cut into nights.
 *
 * <p>{@code -Dhistories=100}, {@code -Dhistories.nights=3}, {@code -Dhistories.unpacked=0} say how
 * much, {@code -Dhistories.seed=1} which.
 */
class HistoriesIT extends SparkTestBase {

  private static final long SEED = Long.getLong("histories.seed", 1L);
  private static final int PACKED = Integer.getInteger("histories", 100);
  private static final int UNPACKED = Integer.getInteger("histories.unpacked", 0);
  private static final int NIGHTS = Integer.getInteger("histories.nights", 3);
  private static final Clock CLOCK =
      Clock.fixed(Instant.parse("2026-06-01T02:00:00Z"), ZoneOffset.UTC);

  private static final Path SETTINGS = Path.of("src/test/resources/histories/nightdesk.yaml");

  @TempDir Path folder;

  @Test
  void everyNightOfPackedHistoriesEqualsARebuild() {
    Cut cut = cut(IntStream.rangeClosed(1, PACKED).toArray(), NIGHTS);
    if (PACKED >= 100) {
      Set<Happening> missing = EnumSet.allOf(Happening.class);
      missing.removeAll(cut.happenings().keySet());
      if (cut.definitionsNight() == null) {
        missing.removeAll(Set.of(Happening.SCHEDULE_CHANGE, Happening.POLICY_CHANGE));
      }
      assertThat(missing).as("happenings that never occur with seed %d", SEED).isEmpty();
    }
    requireEqualNights("packed", cut);
  }

  @Test
  void everyNightOfAHistoryAloneEqualsARebuild() {
    for (int number = 1; number <= UNPACKED; number++) {
      requireEqualNights("alone-" + number, cut(new int[] {number}, NIGHTS));
    }
  }

  private static Cut cut(int[] numbers, int nights) {
    Chance chance = new Chance(SEED, 0);
    List<NightPlan> plans = NightPlan.some(chance, nights);
    List<Version> versions = new ArrayList<>();
    for (int number : numbers) {
      versions.addAll(Histories.one(SEED, number));
    }
    return new Cut(versions, plans, chance);
  }

  private void requireEqualNights(String name, Cut cut) {
    Path raw = folder.resolve(name).resolve("raw");
    NightRun incremental = night(name, "nightly");
    for (NightPlan plan : cut.plans()) {
      cut.filesOf(plan).forEach(file -> file.write(raw));
      long start = System.nanoTime();
      incremental.nightly(plan.date());
      long between = System.nanoTime();
      String fresh = "rebuild-" + plan.number();
      night(name, fresh).nightly(plan.date());
      long compared = System.nanoTime();
      Map<String, String> differences =
          TableDifferences.between(
              TablesCommand.contracts(config(name, "nightly")),
              published(name, fresh),
              published(name, "nightly"));
      System.err.printf(
          "seconds: night %d %s: %.1f incremental, %.1f rebuild, %.1f compared%n",
          plan.number(),
          plan.kind(),
          (between - start) / 1e9,
          (compared - between) / 1e9,
          (System.nanoTime() - compared) / 1e9);
      assertThat(differences)
          .as(
              "%s, seed %d, night %d of %d (%s, %s): tables that differ from a rebuild",
              name, SEED, plan.number(), cut.plans().size(), plan.kind(), plan.date())
          .isEmpty();
      FileUtil.fullyDelete(folder.resolve(name).resolve("rebuild-" + plan.number()).toFile());
    }
  }

  /** The published tables, of staged logs the newest versions. */
  private TableDifferences.Reader published(String name, String warehouse) {
    DeltaTables tables = new DeltaTables(spark(), config(name, warehouse).warehouse());
    NightTables published =
        new NightTables(
            tables, new Publications(spark(), tables).latest().orElseThrow().tableVersions());
    return contract ->
        contract.layer() == TableContract.Layer.STAGED
            ? newest(published, contract)
            : published.now(contract);
  }

  private static Dataset<Row> newest(NightTables tables, TableContract contract) {
    List<String> key =
        contract.key().stream()
            .filter(column -> !Set.of("version_at", "dt", "content_hash").contains(column))
            .toList();
    return LatestPerKey.of(Staging.live(tables, contract.table()), key.toArray(String[]::new));
  }

  private NightRun night(String name, String warehouse) {
    return new NightRun(spark(), config(name, warehouse), CLOCK);
  }

  private NightdeskConfig config(String name, String warehouse) {
    return NightdeskConfig.of(
        Settings.read(
            SETTINGS,
            Map.of(),
            Map.of(
                "raw", folder.resolve(name).resolve("raw").toString(),
                "warehouse", folder.resolve(name).resolve(warehouse).toString())),
        folder);
  }
}
