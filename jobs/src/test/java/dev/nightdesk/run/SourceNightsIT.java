package dev.nightdesk.run;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.nightdesk.SparkTestBase;
import dev.nightdesk.contract.Contracts;
import dev.nightdesk.contract.TableContract;
import dev.nightdesk.io.DeltaTables;
import dev.nightdesk.io.NightTables;
import dev.nightdesk.io.PublishedTables;
import dev.nightdesk.publish.Publications;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The dumps of four types of help desk in one warehouse, night by night: they give the dimensions,
 * facts and reconciliation that one night over all of them gives, also where a record says
 * something else later, or comes in parts. KPIs follow from facts, wherever those came from: {@link
 * HistoriesIT}.
 */
class SourceNightsIT extends SparkTestBase {

  private static final Path SOURCES = Path.of("../fixtures/sources").toAbsolutePath().normalize();
  private static final List<String> TYPES = List.of("zendesk", "gorgias", "freshdesk", "flat");
  private static final LocalDate FIRST = LocalDate.of(2026, 5, 4);
  private static final Clock CLOCK =
      Clock.fixed(Instant.parse("2026-06-01T02:00:00Z"), ZoneOffset.UTC);

  @TempDir Path folder;

  /** One configuration of all desks, whose first dumps come in the first night, and so on. */
  @SuppressWarnings("unchecked") // Jackson gives string keys for YAML maps.
  private void deliver() throws IOException {
    YAMLMapper yaml = new YAMLMapper();
    Map<String, Object> sources = new LinkedHashMap<>();
    for (String type : TYPES) {
      Path desks = SOURCES.resolve(type);
      Map<String, Object> configuration =
          yaml.readValue(desks.resolve("nightdesk.yaml").toFile(), Map.class);
      ((Map<String, Map<String, Object>>) configuration.get("sources"))
          .forEach(
              (name, source) -> {
                ((Map<String, Map<String, Object>>) source.get("entities"))
                    .values()
                    .forEach(entity -> entity.put("optional", true));
                sources.put(type + "_" + name, source);
              });
      copy(type, desks.resolve("raw"));
    }
    yaml.writeValue(
        folder.resolve("nightdesk.yaml").toFile(),
        Map.of(
            "raw",
            folder.resolve("raw").toString(),
            "max-rejected-ratio",
            0.9,
            "definitions",
            Map.of("csat-cut-points", Map.of("1-7", 5)),
            "sources",
            sources));
  }

  private void copy(String type, Path raw) throws IOException {
    List<Path> files;
    try (Stream<Path> found = Files.walk(raw)) {
      files = found.filter(Files::isRegularFile).map(raw::relativize).toList();
    }
    List<String> dates =
        files.stream().map(file -> file.getName(2).toString()).distinct().sorted().toList();
    for (Path file : files) {
      LocalDate night = FIRST.plusDays(dates.indexOf(file.getName(2).toString()));
      Path to =
          folder
              .resolve("raw/%s_%s".formatted(type, file.getName(0)))
              .resolve(file.getName(1))
              .resolve("dt=" + night)
              .resolve(file.getFileName());
      Files.createDirectories(to.getParent());
      Files.copy(raw.resolve(file), to);
    }
  }

  private NightdeskConfig config(String warehouse) {
    return NightdeskConfig.of(
        Settings.read(
            folder.resolve("nightdesk.yaml"),
            Map.of(),
            Map.of(
                "warehouse",
                folder.resolve(warehouse).toString(),
                "night-scope",
                NightScope.TOUCHED.name())),
        folder);
  }

  /** A night up to its facts, published as if they were all of it. */
  private NightTables facts(NightdeskConfig config, LocalDate... dates) {
    NightRun run = new NightRun(spark(), config, CLOCK);
    for (LocalDate date : dates) {
      run.stage(date);
      run.facts();
      run.warehouse().publish(run.warehouse().resume(NightRun.FACTS));
    }
    DeltaTables tables = new DeltaTables(spark(), config.warehouse());
    return new NightTables(
        tables, new Publications(spark(), tables).latest().orElseThrow().tableVersions());
  }

  @Test
  void nightsOneByOneGiveWhatOneNightOverAllDumpsGives() throws IOException {
    deliver();
    NightdeskConfig config = config("one-by-one");
    NightTables nights = facts(config, FIRST, FIRST.plusDays(1), FIRST.plusDays(2));
    NightTables atOnce = facts(config("at-once"), FIRST.plusDays(2));

    List<TableContract> compared =
        TablesCommand.contracts(config).stream()
            .filter(contract -> contract.layer() != TableContract.Layer.KPI)
            .toList();
    assertThat(
            new TableDifferences(compared, TableDifferences.reader(atOnce))
                .inWords(TableDifferences.reader(nights)))
        .isEmpty();
    DeltaTables tables = new DeltaTables(spark(), config.warehouse());
    PublishedTables published =
        new PublishedTables(
            spark(),
            tables,
            new Publications(spark(), tables).latest().orElseThrow().tableVersions());
    assertThat(new ReconciliationReport(published).text())
        .containsPattern("zendesk_desk +first_resolution +calendar +equal")
        .endsWith("no dump delivers the ticket itself: 1, zendesk_desk:199.\n");
    for (String type : TYPES) {
      assertThat(
              atOnce
                  .now(Contracts.of("fact_ticket"))
                  .filter("source_code LIKE '" + type + "%'")
                  .count())
          .as("tickets of %s", type)
          .isPositive();
    }
  }
}
