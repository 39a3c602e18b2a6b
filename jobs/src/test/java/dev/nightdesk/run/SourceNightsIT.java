package dev.nightdesk.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nightdesk.SparkTestBase;
import dev.nightdesk.io.DeltaTables;
import dev.nightdesk.io.NightTables;
import dev.nightdesk.publish.Publications;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Map;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The dumps of help desks in whole nights: one by one they give the tables that one night over all
 * of them gives, also where a record says something else later, or comes in parts.
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
                "0.5"));
    return NightdeskConfig.of(settings, folder);
  }

  private NightRun night(NightdeskConfig config) {
    return new NightRun(spark(), config, CLOCK);
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
    night(atOnce).nightly((LocalDate) null);
    NightdeskConfig oneByOne = config(type, "one-by-one", NightScope.TOUCHED);
    NightRun night = night(oneByOne);
    for (LocalDate date : night.missingDates(null)) {
      night.nightly(date);
    }

    assertThat(
            new TableDifferences(TablesCommand.contracts(atOnce), published(atOnce))
                .inWords(published(oneByOne)))
        .isEmpty();
  }
}
