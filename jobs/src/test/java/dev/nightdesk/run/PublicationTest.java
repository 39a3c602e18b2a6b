package dev.nightdesk.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.fail;

import dev.nightdesk.SparkTestBase;
import dev.nightdesk.contract.Contracts;
import dev.nightdesk.contract.TableContract;
import dev.nightdesk.io.NightTables;
import dev.nightdesk.io.StaleBase;
import dev.nightdesk.io.Vacuum;
import dev.nightdesk.publish.Manifest;
import dev.nightdesk.publish.Publication;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Publications of staged logs alone: a night of seconds. */
class PublicationTest extends SparkTestBase {

  private static final LocalDate FIRST = LocalDate.of(2026, 1, 1);
  private static final TableContract AGENTS = Contracts.of("stg_agent");
  private static final Upkeep.Sizes EVERY_SECOND_FILE = new Upkeep.Sizes(32L << 20, 2, 128L << 20);

  @TempDir Path folder;
  private NightRun night;

  @BeforeEach
  void deliverAnAgentOnTwoDays() {
    dump(1, "Ann");
    dump(2, "Bob");
    write("nightdesk.yaml", "sources: {desk: {type: canonical, entities: {agent: {}}}}");
    night = night();
  }

  private NightRun night() {
    Settings settings = Settings.read(folder.resolve("nightdesk.yaml"), Map.of(), Map.of());
    return new NightRun(spark(), NightdeskConfig.of(settings, folder), Clock.systemUTC());
  }

  private void dump(int day, String name) {
    write(
        "raw/desk/agent/dt=2026-01-0%d/a.jsonl".formatted(day),
        "{\"agent_id\":\"%1$d\",\"name\":\"%2$s\",\"updated_at\":\"2026-01-0%1$dT08:00:00Z\"}\n"
            .formatted(day, name));
  }

  /** Of the one night in work. */
  private Path manifest() throws IOException {
    try (Stream<Path> files = Files.walk(folder.resolve("warehouse/work"))) {
      return files
          .filter(file -> file.getFileName().toString().startsWith("manifest-"))
          .reduce((one, other) -> fail("Two manifests: %s and %s".formatted(one, other)))
          .orElseThrow();
    }
  }

  private void write(String name, String text) {
    try {
      Path file = folder.resolve(name);
      Files.createDirectories(file.getParent());
      Files.writeString(file, text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** As if the other steps had been done. */
  private Publication publish(int day) {
    night.stage(FIRST.plusDays(day - 1));
    return night.warehouse().publish(night.warehouse().resume(NightRun.STAGE));
  }

  /** Leaves a night behind as a process does that dies right after it said that it publishes. */
  private void intend(int day) {
    night
        .warehouse()
        .alone(
            "nightly",
            () -> {
              night.stage(FIRST.plusDays(day - 1));
              OpenNight open = night.warehouse().resume(NightRun.STAGE);
              open.save(open.manifest().in(Manifest.State.APPLYING));
              return null;
            });
  }

  private List<String> names(Publication publication) {
    return night
        .warehouse()
        .tables()
        .read(AGENTS, publication.tableVersions().get("stg_agent"))
        .select("agent_name")
        .collectAsList()
        .stream()
        .map(row -> row.getString(0))
        .sorted()
        .toList();
  }

  private long runRows() {
    return night
        .warehouse()
        .tables()
        .read(Contracts.of("run"))
        .filter("table_name = 'stg_agent'")
        .count();
  }

  @Test
  void beforeTheFirstPublicationReadersAreToldWhatToDo() {
    assertThatThrownBy(night.warehouse()::published)
        .isInstanceOf(NightdeskException.class)
        .hasMessageContaining("has no publication yet")
        .hasMessageContaining("nightdesk nightly");
    assertThat(night.warehouse().status())
        .contains("published  nothing yet", "lease      free", "in work    nothing");
  }

  @Test
  void aStepIsRefusedBeforeTheOneThatItStandsOnAndTheCureIsNamed() {
    assertThatThrownBy(night::facts).hasMessageContaining("Run nightdesk nightly first");
    night.stage(FIRST);

    assertThatThrownBy(night::kpis)
        .hasMessageContaining("[stage], but not facts")
        .hasMessageContaining("Run nightdesk facts first");
    assertThatThrownBy(night::publish).hasMessageContaining("Run nightdesk audit first");
    assertThat(night.warehouse().status())
        .contains("in work    2026-01-01 has done stage; next is nightdesk facts");
    assertThat(night.warehouse().publications().ids()).isEmpty();
  }

  @Test
  void aNightThatStandsOnAnotherPublicationIsRefused() throws IOException {
    Publication first = publish(1);
    night.stage(FIRST.plusDays(1));
    Path manifest = manifest();
    String kept = Files.readString(manifest);
    Publication second = night.warehouse().publish(night.warehouse().resume(NightRun.STAGE));

    write(folder.relativize(manifest).toString(), kept);

    assertThatThrownBy(night::facts)
        .hasMessageContaining("stands on the publication `%s`".formatted(first.id()))
        .hasMessageContaining("published by %s since".formatted(second.id()))
        .hasMessageContaining("Run nightdesk stage again");
    assertThat(night.warehouse().status())
        .contains("2026-01-02 stands on tables that readers no longer see");

    // What a frozen process intended meanwhile is no intent any more.
    write(
        folder.relativize(manifest).toString(),
        Manifest.parse(kept).in(Manifest.State.APPLYING).json());
    assertThat(night.stage(FIRST.plusDays(1)).isNothing()).isTrue();
    assertThat(night.warehouse().publications().ids()).containsExactly(second.id(), first.id());
    assertThat(night.warehouse().nights().all()).isEmpty();
  }

  @Test
  void whatDiedWhileItWasPublishedIsFinishedByTheNextRunAndRecordedOnce() {
    publish(1);
    intend(2);
    Manifest intended = night.warehouse().nights().newest().orElseThrow().manifest();
    NightTables.apply(
        night.warehouse().tables(),
        AGENTS,
        intended.done().changes().get("stg_agent"),
        intended.head().runId(),
        intended.head().sequence(),
        "{\"run_id\":\"%s\"}".formatted(intended.head().runId()),
        Instant.now());

    assertThat(night().stage(FIRST.plusDays(1)).isNothing()).isTrue();

    Publication finished = night.warehouse().latest();
    assertThat(finished.id()).isEqualTo(intended.head().runId());
    assertThat(names(finished)).containsExactly("Ann", "Bob");
    assertThat(night.warehouse().tables().version(AGENTS)).isEqualTo(1);
    assertThat(runRows()).isEqualTo(2);
    assertThat(night.warehouse().nights().all()).isEmpty();
  }

  @Test
  void whatDiedAfterItsPublicationIsOnlyClearedAway() throws IOException {
    intend(1);
    Path manifest = manifest();
    String kept = Files.readString(manifest);
    night.stage(FIRST);
    write(folder.relativize(manifest).toString(), kept);

    assertThat(night().stage(FIRST).isNothing()).isTrue();

    assertThat(night.warehouse().publications().ids()).hasSize(1);
    assertThat(runRows()).isEqualTo(1);
    assertThat(night.warehouse().tables().version(AGENTS)).isZero();
    assertThat(manifest.getParent()).doesNotExist();
  }

  @Test
  void aManifestThatWasNotWrittenToItsEndCountsAsNotWritten() throws IOException {
    night.stage(FIRST);
    Manifest whole = night.warehouse().nights().newest().orElseThrow().manifest();
    write(
        folder
            .relativize(
                manifest().resolveSibling("manifest-%018d-%06d".formatted(whole.epoch(), 9)))
            .toString(),
        whole.in(Manifest.State.APPLYING).json().substring(0, 200));

    assertThat(night.warehouse().nights().newest().orElseThrow().manifest()).isEqualTo(whole);
    assertThat(night.warehouse().resume(NightRun.STAGE).manifest().state())
        .isEqualTo(Manifest.State.BUILDING);
  }

  @Test
  void ofTwoProcessesThatCommitOnTheSameVersionOneIsRefused() throws Exception {
    publish(1);
    ExecutorService processes = Executors.newFixedThreadPool(2);
    CyclicBarrier start = new CyclicBarrier(2);
    Callable<String> commit =
        () -> {
          NightTables mine =
              night().warehouse().nightTables(night.warehouse().publications().latest());
          mine.append(AGENTS, night.warehouse().tables().readFiles(AGENTS, 0));
          start.await();
          try {
            NightTables.apply(
                night().warehouse().tables(),
                AGENTS,
                mine.changes().get("stg_agent"),
                Thread.currentThread().getName(),
                2,
                "{}",
                Instant.now());
            return "committed";
          } catch (StaleBase e) {
            return "refused";
          }
        };
    try {
      Future<String> one = processes.submit(commit);
      Future<String> other = processes.submit(commit);
      assertThat(List.of(one.get(), other.get())).containsExactlyInAnyOrder("committed", "refused");
    } finally {
      processes.shutdownNow();
    }
    assertThat(night.warehouse().tables().version(AGENTS)).isEqualTo(1);
  }

  @Test
  void aRollbackGivesTheOldTablesAndTheNextNightReadsAgainWhatCameSince() {
    Publication first = publish(1);
    Publication second = publish(2);
    assertThat(names(second)).containsExactly("Ann", "Bob");

    Publication back = new Upkeep(night.warehouse()).rollback(first.id());

    assertThat(back.kind()).isEqualTo("rollback");
    assertThat(back.sequence()).isEqualTo(3);
    assertThat(back.logicalDate()).isEqualTo(FIRST);
    assertThat(names(back)).containsExactly("Ann");
    assertThat(night.warehouse().tables().read(AGENTS).count()).isEqualTo(1);
    assertThat(night.warehouse().status()).contains("(rollback), up to and including 2026-01-01");
    assertThat(night.stage(NightOrder.upTo(null)).fileCount()).isEqualTo(1);
    assertThat(names(night.warehouse().publish(night.warehouse().resume(NightRun.STAGE))))
        .containsExactly("Ann", "Bob");
    assertThatThrownBy(night::facts)
        .isInstanceOfSatisfying(
            NightdeskException.class, e -> assertThat(e.exitCode()).isEqualTo(ExitCode.DONE));
    assertThatThrownBy(() -> new Upkeep(night.warehouse()).rollback("yesterday"))
        .hasMessageContaining("There is no publication yesterday")
        .hasMessageContaining(first.id());
  }

  @Test
  void maintenanceMakesFewFilesDropsReplacedRowsAndKeepsEarlierPublicationsReadable()
      throws IOException {
    Publication first = publish(1);
    dump(1, "Anna");
    Publication second = publish(2);
    assertThat(names(second)).containsExactly("Ann", "Anna", "Bob");
    Path agents = folder.resolve("warehouse/staged/stg_agent");
    age(agents, Duration.ofDays(40));
    Path orphan = Files.writeString(agents.resolve("part-orphan.parquet"), "left by a dead night");
    Path young = Files.writeString(agents.resolve("part-young.parquet"), "of a night in work");
    Files.setLastModifiedTime(orphan, FileTime.from(Instant.now().minus(Duration.ofDays(40))));

    Upkeep.Maintained done = maintain();

    assertThat(done.compacted()).contains("stg_agent");
    assertThat(done.cleaned()).containsExactly("stg_agent");
    assertThat(done.publication().kind()).isEqualTo("maintenance");
    assertThat(names(done.publication())).containsExactly("Anna", "Bob");
    assertThat(names(first)).containsExactly("Ann");
    assertThat(names(second)).containsExactly("Ann", "Anna", "Bob");
    assertThat(orphan).doesNotExist();
    assertThat(young).exists();
    assertThat(night.stage(NightOrder.upTo(null)).isNothing()).isTrue();

    Upkeep.Maintained again = maintain();

    assertThat(again.compacted()).isEmpty();
    assertThat(again.publication()).isEqualTo(done.publication());
  }

  private Upkeep.Maintained maintain() {
    return new Upkeep(night.warehouse())
        .maintain(
            new Vacuum(spark(), night.warehouse().tables(), Vacuum.FLOOR),
            EVERY_SECOND_FILE,
            Instant.now());
  }

  private static void age(Path table, Duration age) throws IOException {
    try (Stream<Path> files = Files.list(table)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        Files.setLastModifiedTime(file, FileTime.from(Instant.now().minus(age)));
      }
    }
  }

  @Test
  void whatSomebodyElseWroteStopsTheNextNightUntilARollbackToWhatReadersSee() {
    Publication first = publish(1);
    night
        .warehouse()
        .tables()
        .append(AGENTS, night.warehouse().tables().readFiles(AGENTS, 0), 9, "{}");
    assertThat(names(night.warehouse().latest())).containsExactly("Ann");
    assertThatThrownBy(() -> publish(2))
        .isInstanceOf(StaleBase.class)
        .hasMessageContaining("stg_agent was made for version 0, but the table is at version 1")
        .hasMessageContaining("nightdesk rollback --to");

    night = night();
    Publication mended = new Upkeep(night.warehouse()).rollback(first.id());

    assertThat(night.warehouse().tables().read(AGENTS).count()).isEqualTo(1);
    assertThat(names(mended)).containsExactly("Ann");
    assertThat(names(publish(2))).containsExactly("Ann", "Bob");
  }

  @Test
  void maintenanceLeavesANightInWorkAlone() {
    publish(1);
    night.stage(FIRST.plusDays(1));

    assertThatThrownBy(this::maintain)
        .hasMessageContaining("2026-01-02 is begun and not published")
        .hasMessageContaining("Run nightdesk nightly first");
    assertThat(night.warehouse().resume(NightRun.STAGE).manifest().head().logicalDate())
        .isEqualTo("2026-01-02");
  }

  @Test
  void filesAreNeverKeptForLessThanThirtyDays() {
    assertThatThrownBy(() -> new Vacuum(spark(), night.warehouse().tables(), Duration.ofDays(29)))
        .hasMessageContaining("kept for 30 days at least");
    assertThat(
            CommandLineInterface.run(
                "maintain",
                "--keep-days",
                "29",
                "--config",
                folder.resolve("nightdesk.yaml").toString()))
        .isEqualTo(ExitCode.USAGE.code());
  }
}
