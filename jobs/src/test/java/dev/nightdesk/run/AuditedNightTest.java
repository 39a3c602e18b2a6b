package dev.nightdesk.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nightdesk.SparkTestBase;
import dev.nightdesk.contract.Contracts;
import dev.nightdesk.contract.TableContract;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the audits do to a whole night. */
class AuditedNightTest extends SparkTestBase {

  private static final LocalDate FIRST = LocalDate.of(2026, 1, 1);
  private static final NightOrder ACCEPTING =
      new NightOrder(null, null, null, NightOrder.Scope.TOUCHED, NightOrder.OddVolumes.ACCEPT);

  @TempDir Path folder;

  private NightRun night() {
    return night("");
  }

  private NightRun night(String options) {
    Path file =
        write(
            "nightdesk.yaml",
            "max-rejected-ratio: 0.4\nsources: {desk: {type: canonical, entities: {agent: {}}%s}}"
                .formatted(options));
    return new NightRun(
        spark(),
        NightdeskConfig.of(Settings.read(file, Map.of(), Map.of()), folder),
        Clock.systemUTC());
  }

  private Path write(String name, String text) {
    try {
      Path file = folder.resolve(name);
      Files.createDirectories(file.getParent());
      return Files.writeString(file, text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void agents(LocalDate date, String... names) {
    StringBuilder lines = new StringBuilder("agent_id,name,nickname,updated_at\n");
    for (String name : names) {
      lines.append("%1$s,%1$s,%1$s the Great,%2$sT08:00:00Z\n".formatted(name, date));
    }
    write("raw/desk/agent/dt=%s/agents.csv".formatted(date), lines.toString());
  }

  private static List<String> names(Dataset<Row> rows, String column) {
    return rows.select(column).collectAsList().stream()
        .map(row -> String.valueOf(row.get(0)))
        .sorted()
        .toList();
  }

  @Test
  void aNightThatBreaksARuleIsNotPublishedUntilItIsMendedOrAccepted() {
    agents(FIRST, "Ann", "Bob");
    NightRun night = night();
    night.nightly(NightOrder.upTo(null));
    TableContract dimAgent = Contracts.of("dim_agent");
    List<String> published = names(night.warehouse().published().read(dimAgent), "agent_name");
    String publication = night.warehouse().latest().id();

    agents(FIRST.plusDays(1));
    night.stage(NightOrder.upTo(null));
    night.facts();
    night.kpis();
    assertThatThrownBy(night::audit)
        .isInstanceOfSatisfying(
            NightdeskException.class,
            e -> assertThat(e.exitCode()).isEqualTo(ExitCode.AUDIT_FAILED))
        .hasMessageContaining(
            "volume_empty, desk/agent, 2026-01-02: expected records, as the 2 of 2026-01-01, found"
                + " 0 records")
        .hasMessageContaining("--accept-volume");

    // Every agent twice, as a mistake of ours would write them.
    night
        .warehouse()
        .alone(
            "corrupt",
            () -> {
              OpenNight open = night.warehouse().resume(NightRun.KPIS);
              open.tables().append(dimAgent, open.tables().now(dimAgent));
              open.finish(NightRun.KPIS, List.of());
              return null;
            });
    assertThatThrownBy(() -> night.audit(NightOrder.OddVolumes.ACCEPT))
        .isInstanceOfSatisfying(
            NightdeskException.class,
            e -> assertThat(e.exitCode()).isEqualTo(ExitCode.AUDIT_FAILED))
        .hasMessageContaining("key_unique, dim_agent, agent_key")
        .hasMessageNotContaining("volume_empty");
    assertThatThrownBy(night::publish).isInstanceOf(NightdeskException.class);
    assertThat(night.warehouse().latest().id()).isEqualTo(publication);
    assertThat(names(night.warehouse().published().read(dimAgent), "agent_name"))
        .isEqualTo(published);

    night.nightly(ACCEPTING);
    assertThat(night.warehouse().latest().id()).isNotEqualTo(publication);
    assertThat(
            night
                .warehouse()
                .published()
                .read(Contracts.of("audit_result"))
                .filter("NOT is_passed")
                .selectExpr("concat_ws(' ', rule_code, table_name, segment, is_accepted)")
                .collectAsList()
                .stream()
                .map(row -> row.getString(0)))
        .containsExactlyInAnyOrder(
            "volume_empty desk/agent 2026-01-02 false",
            "volume_empty desk/agent 2026-01-02 true",
            "key_unique dim_agent agent_key false",
            "volume_empty desk/agent 2026-01-02 true");
    assertThat(
            night
                .warehouse()
                .published()
                .read(Contracts.of("publication"))
                .filter("is_volume_accepted")
                .count())
        .isEqualTo(1);
  }

  @Test
  void anotherSettingOfASourceReadsItsFilesAgainInTheirPlace() {
    agents(FIRST, "Ann", "Bob");
    NightRun night = night();
    night.stage(FIRST);
    night.warehouse().publish(night.warehouse().resume(NightRun.STAGE));

    NightRun other = night(", options: {columns: {name: nickname}}");
    Staging.Result again = other.stage(FIRST);

    OpenNight open = other.warehouse().resume(NightRun.STAGE);
    assertThat(again.fileCount()).isEqualTo(1);
    assertThat(names(Staging.live(open.tables(), "stg_agent"), "agent_name"))
        .containsExactly("Ann the Great", "Bob the Great");
    assertThat(open.tables().now(Contracts.of("ingested_file")).count()).isEqualTo(1);
    assertThat(open.manifest().isWhole()).isTrue();
    assertThat(open.manifest().recomputedBecause())
        .containsExactly(
            "the mapping, contract or settings of desk/agent changed: its files are read again, and"
                + " all facts and KPIs computed anew");
  }

  @Test
  void aBackfillReadsTheFilesOfItsDatesAgainAndLeavesAsOfWhereItIs() {
    agents(FIRST, "Ann");
    agents(FIRST.plusDays(1), "Bob");
    NightRun night = night();
    night.stage(NightOrder.upTo(null));
    night.warehouse().publish(night.warehouse().resume(NightRun.STAGE));

    Staging.Result again =
        night.stage(
            new NightOrder(
                null, FIRST, FIRST, NightOrder.Scope.TOUCHED, NightOrder.OddVolumes.STOP));

    OpenNight open = night.warehouse().resume(NightRun.STAGE);
    assertThat(again.fileCount()).isEqualTo(1);
    assertThat(again.logicalDate()).isEqualTo(FIRST.plusDays(1));
    assertThat(open.manifest().inputs().arrivedFileIds()).hasSize(1);
    assertThat(names(Staging.live(open.tables(), "stg_agent"), "agent_name"))
        .containsExactly("Ann", "Bob");
  }

  @Test
  void aCheckTellsWhatIsWrongAndWritesNothing() {
    write(
        "raw/desk/agent/dt=2026-01-01/a.csv",
        "agent_id,shoe_size,updated_at\n1,38,2026-01-01T08:00:00Z\n2,39,\n");
    NightRun night = night();

    Inspection dumps = night.check(null);

    assertThat(CheckCommand.text(dumps))
        .isEqualTo(
            """
            desk/agent: 1 files, 2 records, 1 refused
              1 refused: `updated_at` is missing
              unknown field shoe_size
            """);
    assertThatThrownBy(() -> dumps.requireFewRejected(0.4))
        .isInstanceOfSatisfying(
            NightdeskException.class, e -> assertThat(e.exitCode()).isEqualTo(ExitCode.BAD_INPUT));
    assertThat(folder.resolve("warehouse")).doesNotExist();
  }
}
