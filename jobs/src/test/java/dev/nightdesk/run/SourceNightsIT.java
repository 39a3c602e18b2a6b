package dev.nightdesk.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nightdesk.SparkTestBase;
import dev.nightdesk.contract.TableContract;
import dev.nightdesk.io.DeltaTables;
import dev.nightdesk.io.NightTables;
import dev.nightdesk.publish.Publications;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The dumps of help desks night by night: they give the dimensions, facts and reconciliation that
 * one night over all of them gives, also where a record says something else later, or comes in
 * parts. KPIs follow from facts, wherever those came from: {@link HistoriesIT}.
 */
class SourceNightsIT extends SparkTestBase {

  private static final Path SOURCES = Path.of("../fixtures/sources").toAbsolutePath().normalize();
  private static final Clock CLOCK =
      Clock.fixed(Instant.parse("2026-06-01T02:00:00Z"), ZoneOffset.UTC);

  @TempDir Path folder;

  private NightdeskConfig config(String type, String warehouse, NightScope scope) {
    Path configuration = SOURCES.resolve(type).resolve("nightdesk.yaml");
    Settings settings =
        Settings.read(
            configuration,
            Map.of(),
            Map.of(
                "raw",
                SOURCES.resolve(type).resolve("raw").toString(),
                "warehouse",
                folder.resolve(warehouse).toString(),
                "night-scope",
                scope.name(),
                "max-rejected-ratio",
                "0.9"));
    return NightdeskConfig.of(settings, folder);
  }

  /** A night up to its facts, published as if they were all of it. */
  private void facts(NightRun run, LocalDate date) {
    run.stage(date);
    run.facts();
    run.warehouse().publish(run.warehouse().resume(NightRun.FACTS));
  }

  private TableDifferences.Reader published(NightdeskConfig config) {
    DeltaTables tables = new DeltaTables(spark(), config.warehouse());
    return TableDifferences.reader(
        new NightTables(
            tables, new Publications(spark(), tables).latest().orElseThrow().tableVersions()));
  }

  @ParameterizedTest
  @ValueSource(strings = {"zendesk", "gorgias", "freshdesk", "flat"})
  void nightsOneByOneGiveWhatOneNightOverAllDumpsGives(String type) {
    NightdeskConfig atOnce = config(type, "at-once", NightScope.AUTO);
    NightdeskConfig oneByOne = config(type, "one-by-one", NightScope.TOUCHED);
    NightRun nights = new NightRun(spark(), oneByOne, CLOCK);
    List<LocalDate> dates = nights.missingDates(null);
    assertThat(dates).hasSizeGreaterThan(1);

    facts(new NightRun(spark(), atOnce, CLOCK), dates.get(dates.size() - 1));
    dates.forEach(date -> facts(nights, date));

    List<TableContract> compared =
        TablesCommand.contracts(atOnce).stream()
            .filter(contract -> contract.layer() != TableContract.Layer.KPI)
            .toList();
    assertThat(new TableDifferences(compared, published(atOnce)).inWords(published(oneByOne)))
        .isEmpty();
  }
}
