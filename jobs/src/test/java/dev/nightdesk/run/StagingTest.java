package dev.nightdesk.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nightdesk.SparkTestBase;
import dev.nightdesk.contract.Contracts;
import dev.nightdesk.io.UnreadableDump;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StagingTest extends SparkTestBase {

  private static final LocalDate FIRST = LocalDate.of(2026, 1, 1);

  @TempDir Path folder;

  private NightRun night() {
    Settings settings =
        Settings.read(
            write(
                "nightdesk.yaml",
                "max-rejected-ratio: 0.4\n"
                    + "sources: {desk: {type: canonical, entities: {agent: {}}}}"),
            Map.of(),
            Map.of());
    return new NightRun(spark(), NightdeskConfig.of(settings, folder), Clock.systemUTC());
  }

  private Path write(String name, String text) {
    return write(name, text.getBytes(StandardCharsets.UTF_8));
  }

  private Path write(String name, byte[] bytes) {
    try {
      Path file = folder.resolve(name);
      Files.createDirectories(file.getParent());
      return Files.write(file, bytes);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private static String agent(String id, String name) {
    return "{\"agent_id\":\"%s\",\"name\":\"%s\",\"updated_at\":\"2026-01-01T08:00:00Z\"}\n"
        .formatted(id, name);
  }

  private static List<String> liveNames(NightRun night) {
    return Staging.live(night.tables(), "stg_agent").select("agent_name").collectAsList().stream()
        .map(row -> row.getString(0))
        .sorted()
        .toList();
  }

  @Test
  void aMissingDumpEndsTheNightByNameOfSourceEntityAndDate() {
    write("raw/desk/agent/dt=2026-01-01/a.jsonl", agent("1", "Ann"));

    assertThatThrownBy(() -> night().stage(FIRST.plusDays(1)))
        .isInstanceOfSatisfying(
            NightdeskException.class, e -> assertThat(e.exitCode()).isEqualTo(ExitCode.BAD_INPUT))
        .hasMessageContaining("Missing dump")
        .hasMessageContaining("desk/agent/dt=2026-01-02");
  }

  @Test
  void aFileThatIsCutShortEndsTheNightByNameAndLeavesNothing() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
      gzip.write(agent("1", "Ann").getBytes(StandardCharsets.UTF_8));
    }
    byte[] whole = bytes.toByteArray();
    write("raw/desk/agent/dt=2026-01-01/a.jsonl.gz", Arrays.copyOf(whole, whole.length - 12));
    NightRun night = night();

    assertThatThrownBy(() -> night.stage(FIRST))
        .hasRootCauseInstanceOf(UnreadableDump.class)
        .rootCause()
        .hasMessageContaining("desk/agent/dt=2026-01-01/a.jsonl.gz");
    assertThat(night.tables().exists(Contracts.of("ingested_file"))).isFalse();
    assertThat(night.tables().exists(Contracts.of("stg_agent"))).isFalse();
  }

  @Test
  void tooManyRefusedRecordsEndTheNightWithTheirReasonsRanked() {
    write(
        "raw/desk/agent/dt=2026-01-01/a.jsonl",
        agent("1", "Ann") + "{\"name\":\"Bob\"}\n" + "{\"name\":\"Cid\"}\n");

    assertThatThrownBy(() -> night().stage(FIRST))
        .isInstanceOfSatisfying(
            NightdeskException.class, e -> assertThat(e.exitCode()).isEqualTo(ExitCode.BAD_INPUT))
        .hasMessageContaining("2 of 3 records of desk/agent")
        .hasMessageContaining("`agent_id` is missing=2");
  }

  @Test
  void aFileThatChangedAtItsPathSupersedesItsOwnRows() {
    write("raw/desk/agent/dt=2026-01-01/a.jsonl", agent("1", "Ann") + agent("2", "Bob"));
    NightRun night = night();
    night.stage(FIRST);
    assertThat(liveNames(night)).containsExactly("Ann", "Bob");

    write("raw/desk/agent/dt=2026-01-01/a.jsonl", agent("1", "Anna"));
    Staging.Result second = night.stage(FIRST);

    assertThat(second.fileCount()).isEqualTo(1);
    assertThat(liveNames(night)).containsExactly("Anna");
  }

  @Test
  void columnsAreFoundByNameAndUnknownOnesReported() {
    write(
        "raw/desk/agent/dt=2026-01-01/a.csv",
        "name,shoe_size,updated_at,agent_id\nAnn,38,2026-01-01T08:00:00Z,17.0\n");
    NightRun night = night();

    Staging.Result result = night.stage(FIRST);

    Row agent = Staging.live(night.tables(), "stg_agent").first();
    assertThat(agent.<String>getAs("agent_key")).isEqualTo("desk:17");
    assertThat(agent.<String>getAs("agent_name")).isEqualTo("Ann");
    assertThat(result.unknownFields()).containsExactly("desk/agent/shoe_size");
  }

  @Test
  void parquetIsReadWithItsTypesAndPlaces() {
    rows(
            "agent_id bigint, name string, updated_at timestamp,"
                + " roles array<struct<role: string, valid_from: string>>, shoe_size int",
            RowFactory.create(
                17L,
                "Ann",
                Timestamp.from(Instant.parse("2026-01-01T08:00:00.123456Z")),
                new Row[] {RowFactory.create("bot", null)},
                38),
            RowFactory.create(18L, "Bob", null, null, 39),
            RowFactory.create(
                19L, "Cid", Timestamp.from(Instant.parse("2026-01-01T09:00:00Z")), null, 40))
        .coalesce(1)
        .write()
        .parquet(folder.resolve("raw/desk/agent/dt=2026-01-01").toString());
    NightRun night = night();

    Staging.Result result = night.stage(FIRST);

    Row agent = Staging.live(night.tables(), "stg_agent").filter("agent_key = 'desk:17'").first();
    assertThat(agent.<Timestamp>getAs("version_at").toInstant())
        .isEqualTo(Instant.parse("2026-01-01T08:00:00.123456Z"));
    assertThat(agent.<Row>getList(agent.fieldIndex("roles")).get(0).<String>getAs("role_code"))
        .isEqualTo("bot");
    assertThat(liveNames(night)).containsExactly("Ann", "Cid");
    assertThat(result.unknownFields()).containsExactly("desk/agent/shoe_size");
    Row refused = night.tables().read(Contracts.of("rejected_row")).first();
    assertThat(refused.<Long>getAs("position")).isEqualTo(2);
    assertThat(refused.<String>getList(refused.fieldIndex("reasons")))
        .containsExactly("`updated_at` is missing");
  }
}
