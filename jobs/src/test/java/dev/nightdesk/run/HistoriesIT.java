package dev.nightdesk.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nightdesk.SparkTestBase;
import dev.nightdesk.contract.Contracts;
import dev.nightdesk.contract.TableContract;
import dev.nightdesk.histories.Chance;
import dev.nightdesk.histories.Cut;
import dev.nightdesk.histories.Happening;
import dev.nightdesk.histories.Histories;
import dev.nightdesk.histories.NightPlan;
import dev.nightdesk.histories.Version;
import dev.nightdesk.io.DeltaTables;
import dev.nightdesk.io.NightTables;
import dev.nightdesk.kpi.KpiEngine;
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
import java.util.stream.Stream;
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
  private static final int PACKED_KPIS = Integer.getInteger("histories.kpis", 12);
  private static final int UNPACKED = Integer.getInteger("histories.unpacked", 1);
  private static final int FACT_NIGHTS = 6;
  private static final int NIGHTS = Integer.getInteger("histories.nights", 3);
  private static final Clock CLOCK =
      Clock.fixed(Instant.parse("2026-06-01T02:00:00Z"), ZoneOffset.UTC);

  private static final Path SETTINGS = Path.of("src/test/resources/histories/nightdesk.yaml");

  @TempDir Path folder;

  /** How far the nights go. */
  private enum Depth {
    FACTS,
    KPIS
  }

  @Test
  void dimsAndFactsOfEveryNightEqualARebuild() {
    Cut cut = cut(IntStream.rangeClosed(1, PACKED).toArray(), FACT_NIGHTS);
    if (PACKED >= 100) {
      Set<Happening> missing = EnumSet.allOf(Happening.class);
      missing.removeAll(cut.happenings().keySet());
      assertThat(missing).as("happenings that never occur with seed %d", SEED).isEmpty();
    }
    requireEqualNights("facts", cut, Depth.FACTS);
  }

  @Test
  void everyTableOfEveryNightEqualsARebuild() {
    requireEqualNights(
        "packed", cut(IntStream.rangeClosed(1, PACKED_KPIS).toArray(), NIGHTS), Depth.KPIS);
  }

  @Test
  void everyTableOfEveryNightOfAHistoryAloneEqualsARebuild() {
    for (int number = 1; number <= UNPACKED; number++) {
      requireEqualNights("alone-" + number, cut(new int[] {number}, NIGHTS), Depth.KPIS);
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

  private void requireEqualNights(String name, Cut cut, Depth depth) {
    Path raw = folder.resolve(name).resolve("raw");
    for (NightPlan plan : cut.plans()) {
      cut.filesOf(plan).forEach(file -> file.write(raw));
      String fresh = "rebuild-" + plan.number();
      long start = System.nanoTime();
      NightRun rebuild = night(name, fresh);
      NightTables expected = built(rebuild, plan, depth);
      long rebuilt = System.nanoTime();
      NightRun night = night(name, "nightly");
      night.stage(plan.date());
      requireThatMutantsAreCaught(plan, night, config(name, "nightly"), expected);
      long mutated = System.nanoTime();
      night.facts();
      OpenNight open = night.warehouse().resume(NightRun.FACTS);
      // Else a rebuild is compared with a rebuild.
      assertThat(open.manifest().isWhole())
          .as("whether night %d computes everything anew", plan.number())
          .isEqualTo(plan.number() == 1 || plan.equals(cut.definitionsNight()));
      if (depth == Depth.KPIS) {
        requireThatKpiMutantsAreCaught(plan, night, config(name, "nightly"), expected);
        night.kpis();
        night.audit();
        open = night.warehouse().resume(NightRun.AUDIT);
      }
      night.warehouse().publish(open);
      long published = System.nanoTime();
      Map<String, String> differences =
          TableDifferences.between(
              contracts(name, plan, cut, depth), reader(expected), reader(published(name)));
      System.err.printf(
          "night %d of %s (%s, %s): rebuild %.1f s, mutants %.1f s, night %.1f s, comparison %.1f"
              + " s%n",
          plan.number(),
          name,
          plan.kind(),
          plan.date(),
          (rebuilt - start) / 1e9,
          (mutated - rebuilt) / 1e9,
          (published - mutated) / 1e9,
          (System.nanoTime() - published) / 1e9);
      assertThat(differences)
          .as(
              "%s, -Dhistories.seed=%d, night %d of %d (%s, %s): tables that differ from a rebuild",
              name, SEED, plan.number(), cut.plans().size(), plan.kind(), plan.date())
          .isEmpty();
      FileUtil.fullyDelete(folder.resolve(name).resolve(fresh).toFile());
    }
  }

  /** All dumps at once, in a warehouse of their own; nobody needs to see it. */
  private static NightTables built(NightRun rebuild, NightPlan plan, Depth depth) {
    rebuild.stage(plan.date());
    rebuild.facts();
    if (depth == Depth.KPIS) {
      rebuild.kpis();
    }
    return rebuild.warehouse().resume(NightRun.FACTS).tables();
  }

  /** Facts that leave something out differ from a rebuild: so the comparison sees that. */
  private static void requireThatMutantsAreCaught(
      NightPlan plan, NightRun night, NightdeskConfig config, NightTables expected) {
    for (FactMutant mutant : FactMutant.values()) {
      if (mutant.isFor(plan)) {
        NightTables tables = mutant.run(night, config);
        assertThat(
                TableDifferences.between(
                    Warehouse.dimsAndFacts().stream()
                        .map(table -> Contracts.of(table.name()))
                        .toList(),
                    expected::now,
                    tables::now))
            .as("what differs without %s", mutant)
            .isNotEmpty();
      }
    }
  }

  private static void requireThatKpiMutantsAreCaught(
      NightPlan plan, NightRun night, NightdeskConfig config, NightTables expected) {
    List<TableContract> cells =
        Stream.of(KpiEngine.CELL_DAY, KpiEngine.CELL_HOUR, KpiEngine.PART)
            .map(Kpis.of(config).contracts()::of)
            .toList();
    for (KpiMutant mutant : KpiMutant.values()) {
      if (mutant.isFor(plan)) {
        NightTables tables = mutant.run(night, config);
        assertThat(TableDifferences.between(cells, expected::now, tables::now))
            .as("what differs without %s", mutant)
            .isNotEmpty();
      }
    }
  }

  /** Staged logs only grow: what one of them lacks it lacks in the last night. */
  private List<TableContract> contracts(String name, NightPlan plan, Cut cut, Depth depth) {
    boolean isLast = plan.number() == cut.plans().size();
    return TablesCommand.contracts(config(name, "nightly")).stream()
        .filter(contract -> isLast || contract.layer() != TableContract.Layer.STAGED)
        .filter(contract -> depth == Depth.KPIS || contract.layer() != TableContract.Layer.KPI)
        .toList();
  }

  private NightTables published(String name) {
    DeltaTables tables = new DeltaTables(spark(), config(name, "nightly").warehouse());
    return new NightTables(
        tables, new Publications(spark(), tables).latest().orElseThrow().tableVersions());
  }

  /** Tables as they are, of staged logs the newest versions. */
  private static TableDifferences.Reader reader(NightTables tables) {
    return contract ->
        contract.layer() == TableContract.Layer.STAGED
            ? newest(tables, contract)
            : tables.now(contract);
  }

  private static Dataset<Row> newest(NightTables tables, TableContract contract) {
    List<String> key =
        contract.key().stream()
            .filter(column -> !Set.of("version_at", "dt", "content_hash").contains(column))
            .toList();
    return LatestPerKey.of(Staging.live(tables, contract.table()), key.toArray(String[]::new))
        // A content that a path has again counts by a new id.
        .drop("file_id");
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
