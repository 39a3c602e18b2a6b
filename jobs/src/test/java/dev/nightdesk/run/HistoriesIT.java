package dev.nightdesk.run;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.min;
import static org.apache.spark.sql.functions.not;
import static org.assertj.core.api.Assertions.assertThat;

import dev.nightdesk.SparkTestBase;
import dev.nightdesk.contract.ColumnContract;
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
import dev.nightdesk.table.Table;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.hadoop.fs.FileUtil;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * After every night the tables are those of a warehouse that read all dumps at once, whatever way
 * the dumps were cut into nights.
 *
 * <p>Packed into one warehouse, histories differ in all that they are grouped by; alone, every row
 * is a large part of every figure. How much of it runs: {@code -Dhistories=100} histories and
 * {@code -Dhistories.fact-nights=3} nights for dims and facts, {@code -Dhistories.kpis=8} and
 * {@code -Dhistories.nights=3} for all tables, {@code -Dhistories.unpacked=0} of them alone. Which:
 * {@code -Dhistories.seed=1}. Of five nights and more one changes schedules and policies.
 */
class HistoriesIT extends SparkTestBase {

  private static final long SEED = Long.getLong("histories.seed", 1L);
  private static final int PACKED = Integer.getInteger("histories", 100);
  private static final int PACKED_KPIS = Integer.getInteger("histories.kpis", 8);
  private static final int UNPACKED = Integer.getInteger("histories.unpacked", 0);
  private static final int FACT_NIGHTS = Integer.getInteger("histories.fact-nights", 3);
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
    requireEqualNights(
        "facts", cut(IntStream.rangeClosed(1, PACKED).toArray(), FACT_NIGHTS), Depth.FACTS);
    assertThat(silentColumns(published("facts")))
        .as("columns that say nothing with -Dhistories.seed=%d", SEED)
        .isEmpty();
  }

  @Test
  void everyHappeningOccurs() {
    Cut cut = cut(IntStream.rangeClosed(1, 100).toArray(), 6);
    assertThat(cut.happenings().keySet())
        .as("what occurs with -Dhistories.seed=%d", SEED)
        .contains(Happening.values());
  }

  /**
   * Columns of facts that are the same in all rows, or always null: they prove nothing. All tickets
   * are of one source, and all orders.
   */
  private static Set<String> silentColumns(NightTables tables) {
    Set<String> silent = new TreeSet<>();
    for (Table table : Warehouse.FACTS) {
      TableContract contract = Contracts.of(table.name());
      Column[] distinct =
          contract.columns().stream()
              .map(
                  column -> {
                    Column text = col(column.name()).cast("string");
                    return not(min(text).equalTo(max(text)))
                        .or(count(text).gt(0).and(count(text).lt(count(lit(1)))))
                        .as(column.name());
                  })
              .toArray(Column[]::new);
      Row row = tables.now(contract).agg(lit(0), distinct).first();
      for (ColumnContract column : contract.columns()) {
        if (!Boolean.TRUE.equals(row.<Boolean>getAs(column.name()))
            && !column.name().equals("source_code")) {
          silent.add(table.name() + "." + column.name());
        }
      }
    }
    return silent;
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
      boolean isWhole = plan.number() == 1 || plan.equals(cut.definitionsNight());
      if (!isWhole && depth == Depth.FACTS) {
        requireThatMutantsAreCaught(plan, night, config(name, "nightly"), expected);
      }
      long mutated = System.nanoTime();
      night.facts();
      OpenNight open = night.resume(NightRun.FACTS);
      // Else a rebuild is compared with a rebuild.
      assertThat(open.manifest().isWhole())
          .as("whether night %d computes everything anew", plan.number())
          .isEqualTo(isWhole);
      if (depth == Depth.KPIS) {
        if (!isWhole) {
          requireThatKpiMutantsAreCaught(plan, night, config(name, "nightly"), expected);
        }
        night.kpis();
        night.audit();
        open = night.resume(NightRun.AUDIT);
      }
      night.publish(open);
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
    return rebuild.resume(NightRun.FACTS).tables();
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
