package dev.nightdesk.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nightdesk.SparkTestBase;
import dev.nightdesk.contract.Contracts;
import dev.nightdesk.contract.TableContract;
import dev.nightdesk.histories.Chance;
import dev.nightdesk.histories.Cut;
import dev.nightdesk.histories.Histories;
import dev.nightdesk.histories.NightPlan;
import dev.nightdesk.histories.Version;
import dev.nightdesk.io.DeltaTables;
import dev.nightdesk.io.NightTables;
import dev.nightdesk.kpi.KpiEngine;
import dev.nightdesk.publish.Publications;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.apache.hadoop.fs.FileUtil;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.io.TempDir;

/**
 * Nights over generated histories, each held against a warehouse that read all dumps at once.
 *
 * <p>How much of it runs: {@code -Dhistories=8} histories packed, {@code -Dhistories.unpacked=0}
 * alone, {@code -Dhistories.nights=3} nights of the packed ones, at least 3, of which 5 and more
 * have one that changes schedules and policies; {@code -Dhistories.depth=facts}: dims and facts
 * only, or {@code kpis}: all tables. Which: {@code -Dhistories.seed=1}.
 */
abstract class HistoryNights extends SparkTestBase {

  static final long SEED = Long.getLong("histories.seed", 1L);

  static final Depth DEPTH =
      Depth.valueOf(System.getProperty("histories.depth", "facts").toUpperCase(Locale.ROOT));

  private static final Clock CLOCK =
      Clock.fixed(Instant.parse("2026-06-01T02:00:00Z"), ZoneOffset.UTC);

  private static final Path SETTINGS = Path.of("src/test/resources/histories/nightdesk.yaml");

  @TempDir Path folder;

  /** How far the nights go. */
  enum Depth {
    FACTS,
    KPIS
  }

  static Cut cut(int nights, int... numbers) {
    Chance chance = new Chance(SEED, 0);
    List<NightPlan> plans = NightPlan.some(chance, nights);
    List<Version> versions = new ArrayList<>();
    for (int number : numbers) {
      versions.addAll(Histories.one(SEED, number));
    }
    return new Cut(versions, plans, chance);
  }

  /**
   * @param factMutants each must be caught in the first night that has what it gets wrong
   * @param kpiMutants the same
   */
  void requireEqualNights(
      String name, Cut cut, Set<FactMutant> factMutants, Set<KpiMutant> kpiMutants) {
    Path raw = folder.resolve(name).resolve("raw");
    for (NightPlan plan : cut.plans()) {
      cut.filesOf(plan).forEach(file -> file.write(raw));
      String fresh = "rebuild-" + plan.number();
      long start = System.nanoTime();
      Future<NightTables> rebuild = inTheMeantime(() -> built(night(name, fresh), plan));
      NightRun night = night(name, "nightly");
      NightdeskConfig config = config(name, "nightly");
      boolean isWhole = plan.number() == 1 || plan.equals(cut.definitionsNight());
      Map<String, NightTables> mutated = new LinkedHashMap<>();
      night.stage(plan.date());
      for (FactMutant mutant : List.copyOf(factMutants)) {
        if (!isWhole && mutant.isFor(plan)) {
          mutated.put("facts without " + mutant, mutant.run(night, config));
          factMutants.remove(mutant);
        }
      }
      night.facts();
      OpenNight open = night.warehouse().resume(NightRun.FACTS);
      // Else a rebuild is compared with a rebuild.
      assertThat(open.manifest().isWhole())
          .as("whether night %d computes everything anew", plan.number())
          .isEqualTo(isWhole);
      if (DEPTH == Depth.KPIS) {
        for (KpiMutant mutant : List.copyOf(kpiMutants)) {
          if (!isWhole && mutant.isFor(plan)) {
            mutated.put("KPIs without " + mutant, mutant.run(night, config));
            kpiMutants.remove(mutant);
          }
        }
        night.kpis();
        night.audit();
        open = night.warehouse().resume(NightRun.AUDIT);
      }
      night.warehouse().publish(open);
      NightTables expected = resultOf(rebuild);
      long built = System.nanoTime();
      TableDifferences differences =
          new TableDifferences(contracts(name, plan, cut), TableDifferences.reader(expected));
      Map<String, String> words = differences.inWords(TableDifferences.reader(published(name)));
      System.err.printf(
          "night %d of %s (%s, %s): rebuild and night %.1f s, comparison %.1f s%n",
          plan.number(),
          name,
          plan.kind(),
          plan.date(),
          (built - start) / 1e9,
          (System.nanoTime() - built) / 1e9);
      assertThat(words)
          .as(
              "%s, -Dhistories.seed=%d, night %d of %d (%s, %s): tables that differ from a rebuild",
              name, SEED, plan.number(), cut.plans().size(), plan.kind(), plan.date())
          .isEmpty();
      mutated.forEach((what, tables) -> requireThatItIsCaught(what, tables, differences, config));
      FileUtil.fullyDelete(folder.resolve(name).resolve(fresh).toFile());
    }
    assertThat(factMutants).as("mutants that no night of %s had", name).isEmpty();
    assertThat(kpiMutants).as("mutants that no night of %s had", name).isEmpty();
  }

  /**
   * In a session of its own, because views of the same names are those of a session: a night is
   * mostly planning on one thread.
   */
  private static Future<NightTables> inTheMeantime(Supplier<NightTables> work) {
    SparkSession session = spark().newSession();
    FutureTask<NightTables> task =
        new FutureTask<>(
            () -> {
              SparkSession.setActiveSession(session);
              return work.get();
            });
    Thread thread = new Thread(task, "rebuild");
    thread.setDaemon(true);
    thread.start();
    return task;
  }

  private static NightTables resultOf(Future<NightTables> rebuild) {
    try {
      return rebuild.get();
    } catch (ExecutionException e) {
      throw new IllegalStateException("The rebuild failed", e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("The rebuild was interrupted", e);
    }
  }

  /** All dumps at once, in a warehouse of their own; nobody needs to see it. */
  private static NightTables built(NightRun rebuild, NightPlan plan) {
    rebuild.stage(plan.date());
    rebuild.facts();
    if (DEPTH == Depth.KPIS) {
      rebuild.kpis();
    }
    return rebuild.warehouse().resume(NightRun.FACTS).tables();
  }

  /** Tables that leave something out differ from a rebuild: so the comparison sees that. */
  private static void requireThatItIsCaught(
      String what, NightTables tables, TableDifferences differences, NightdeskConfig config) {
    Stream<TableContract> made =
        what.startsWith("facts")
            ? Warehouse.dimsAndFacts().stream().map(table -> Contracts.of(table.name()))
            : Stream.of(KpiEngine.CELL_DAY, KpiEngine.CELL_HOUR, KpiEngine.PART)
                .map(Kpis.of(config).contracts()::of);
    assertThat(differences.tablesUnlike(made.toList(), tables::now))
        .as("tables of %s that differ from a rebuild", what)
        .isNotEmpty();
  }

  /** Staged logs only grow: what one of them lacks it lacks in the last night. */
  private List<TableContract> contracts(String name, NightPlan plan, Cut cut) {
    boolean isLast = plan.number() == cut.plans().size();
    return TablesCommand.contracts(config(name, "nightly")).stream()
        .filter(contract -> isLast || contract.layer() != TableContract.Layer.STAGED)
        .filter(contract -> DEPTH == Depth.KPIS || contract.layer() != TableContract.Layer.KPI)
        .toList();
  }

  NightTables published(String name) {
    DeltaTables tables = new DeltaTables(spark(), config(name, "nightly").warehouse());
    return new NightTables(
        tables, new Publications(spark(), tables).latest().orElseThrow().tableVersions());
  }

  private NightRun night(String name, String warehouse) {
    return new NightRun(SparkSession.active(), config(name, warehouse), CLOCK);
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
