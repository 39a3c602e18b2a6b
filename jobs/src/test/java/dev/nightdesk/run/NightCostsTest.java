package dev.nightdesk.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.nightdesk.SparkTestBase;
import dev.nightdesk.contract.ColumnContract;
import dev.nightdesk.contract.Contracts;
import dev.nightdesk.contract.TableContract;
import dev.nightdesk.publish.Manifest;
import dev.nightdesk.publish.Phase;
import dev.nightdesk.publish.Publication;
import dev.nightdesk.report.CostReport;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Date;
import java.time.Clock;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is kept of the phases of a night, of staged logs alone: a night of seconds. */
class NightCostsTest extends SparkTestBase {

  private static final TableContract RUN = Contracts.of("run");

  @TempDir Path folder;
  private NightRun night;

  @BeforeEach
  void deliverTwoAgents() throws IOException {
    Path dump = folder.resolve("raw/desk/agent/dt=2026-01-01/a.jsonl");
    Files.createDirectories(dump.getParent());
    Files.writeString(
        dump,
        """
        {"agent_id":"1","name":"Ann","updated_at":"2026-01-01T08:00:00Z"}
        {"agent_id":"2","name":"Bob","updated_at":"2026-01-01T08:00:00Z"}
        """);
    Files.writeString(
        folder.resolve("nightdesk.yaml"),
        "sources: {desk: {type: canonical, entities: {agent: {}}}}");
    Settings settings = Settings.read(folder.resolve("nightdesk.yaml"), Map.of(), Map.of());
    night = new NightRun(spark(), NightdeskConfig.of(settings, folder), Clock.systemUTC());
  }

  /** As if the other steps had been done. */
  private Publication publish() {
    night.stage(LocalDate.of(2026, 1, 1));
    return night.warehouse().publish(night.warehouse().resume(NightRun.STAGE));
  }

  private Map<String, Row> phases(String runId) {
    Map<String, Row> phases = new HashMap<>();
    night
        .warehouse()
        .tables()
        .read(RUN)
        .filter("run_id = '%s'".formatted(runId))
        .collectAsList()
        .forEach(row -> phases.put(row.getAs("step_code") + " " + row.getAs("table_name"), row));
    return phases;
  }

  private long bytes(String folderOfTable) {
    try (Stream<Path> files = Files.list(folder.resolve("warehouse").resolve(folderOfTable))) {
      return files
          .filter(file -> file.toString().endsWith(".parquet"))
          .mapToLong(file -> file.toFile().length())
          .sum();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void aPhaseHasWhatItsTasksReadAndWroteAndTheSharesOfAStepAddUp() throws IOException {
    long before = System.nanoTime();
    night.startedAt(System.currentTimeMillis() - 60_000);
    Publication publication = publish();
    double lasted = (System.nanoTime() - before) / 1e9;

    Map<String, Row> phases = phases(publication.id());
    assertThat(phases)
        .containsOnlyKeys(
            "stage start of the program",
            "stage search for dumps",
            "stage check of dumps",
            "stage stg_agent",
            "stage rejected_row",
            "stage ingested_file",
            "stage the rest",
            "publish commits",
            "publish the rest");
    Row agents = phases.get("stage stg_agent");
    assertThat(agents.<String>getAs("phase_code")).isEqualTo("table");
    assertThat(agents.<Long>getAs("row_count")).isEqualTo(2);
    assertThat(agents.<Long>getAs("written_row_count")).isEqualTo(2);
    assertThat(agents.<Long>getAs("written_byte_count")).isEqualTo(bytes("staged/stg_agent"));
    assertThat(agents.<Long>getAs("read_row_count")).isEqualTo(2);
    assertThat(agents.<Long>getAs("read_byte_count"))
        .isEqualTo(Files.size(folder.resolve("raw/desk/agent/dt=2026-01-01/a.jsonl")));
    assertThat(agents.<Double>getAs("cpu_seconds")).isPositive();
    Row check = phases.get("stage check of dumps");
    assertThat(check.<String>getAs("phase_code")).isEqualTo("other");
    assertThat(check.<Object>getAs("row_count")).isNull();
    assertThat(check.<Object>getAs("table_version")).isNull();
    assertThat(check.<Long>getAs("read_row_count")).isEqualTo(2);
    assertThat(phases.get("stage start of the program").<Double>getAs("share_seconds"))
        .isCloseTo(60, within(1.0));
    double shares = 0;
    for (Row phase : phases.values()) {
      assertThat(phase.<Double>getAs("planning_seconds"))
          .isBetween(0.0, phase.<Double>getAs("share_seconds") + 1e-9);
      shares += phase.<Double>getAs("share_seconds");
    }
    assertThat(shares).isBetween(60.0, 60 + lasted + 0.1);
  }

  @Test
  void aWarehouseFromBeforeGetsTheColumnsAndItsRunsCanStillBeReported() {
    Set<String> known =
        Set.of(
            "run_id",
            "logical_date",
            "table_name",
            "step_code",
            "table_version",
            "row_count",
            "added_file_count",
            "removed_file_count",
            "duration_seconds",
            "input_file_count",
            "code_version",
            "code_commit");
    List<ColumnContract> columns = new ArrayList<>(RUN.columns());
    columns.removeIf(column -> !known.contains(column.name()));
    TableContract former =
        new TableContract(
            "run", RUN.layer(), "Per table.", List.of("run_id", "table_name"), "platform", columns);
    Row agents =
        RowFactory.create(
            "20260101T020000.000Z-0",
            Date.valueOf("2025-12-31"),
            "stage",
            "stg_agent",
            0L,
            2L,
            1L,
            0L,
            1.25,
            1L,
            "0.0.9",
            "unknown");
    night.warehouse().tables().append(former, rows(former.schema(), agents), 0, "{}");
    NightCosts costs = new NightCosts(night.warehouse());
    assertThat(costs.report(costs.latest()).text(CostReport.Extent.LARGE_PHASES))
        .contains("Run 20260101T020000.000Z-0", "stg_agent", "1.3 s", "Only the wall time");

    Publication publication = publish();

    assertThat(night.warehouse().tables().read(RUN).columns())
        .containsExactlyElementsOf(RUN.columns().stream().map(ColumnContract::name).toList());
    Row kept = phases("20260101T020000.000Z-0").get("stage stg_agent");
    assertThat(kept.<Double>getAs("duration_seconds")).isEqualTo(1.25);
    assertThat(kept.<Object>getAs("phase_code")).isNull();
    assertThat(kept.<Object>getAs("share_seconds")).isNull();
    costs = new NightCosts(night.warehouse());
    assertThat(costs.latest()).isEqualTo(publication.id());
    assertThat(costs.report(publication.id()).text(CostReport.Extent.EVERY_PHASE))
        .contains("check of dumps", "stg_agent", "The three largest costs");
    assertThat(costs.report("20260101T020000.000Z-0").text(CostReport.Extent.EVERY_PHASE))
        .contains("Only the wall time");
    NightCosts asked = costs;
    assertThatThrownBy(() -> asked.report("yesterday"))
        .isInstanceOf(NightdeskException.class)
        .hasMessageContaining("There is no run yesterday")
        .hasMessageContaining(publication.id());
  }

  @Test
  void aNightThatAProgramFromBeforeHasBegunCanBeFinished() {
    Manifest.Work work =
        Manifest.parse(
                """
                {"head":{"runId":"r","sequence":1,"logicalDate":"2026-01-01","kind":"NIGHT",
                  "restoredPublicationId":""},
                 "base":{"publicationId":"","logicalDate":"","tableVersions":{}},
                 "inputs":{"arrivedFileIds":[],"goneFileIds":[],"fingerprints":{}},
                 "epoch":1,"state":"APPLYING","isWhole":true,"recomputedBecause":[],
                 "isVolumeAccepted":false,
                 "done":{"steps":["stage"],"changes":{},"work":[{"step":"stage",
                   "table":"stg_agent","rowCount":2,"seconds":1.25,"inputFileCount":1}]}}
                """)
            .done()
            .work()
            .get(0);

    assertThat(work)
        .isEqualTo(new Manifest.Work("stage", Phase.Kind.TABLE, "stg_agent", 2L, 1.25, 1, null));
  }
}
