package dev.nightdesk.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nightdesk.io.LeaseFolder;
import dev.nightdesk.io.StaleBase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Supplier;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LeaseTest {

  private static final LeaseTimes TIMES =
      new LeaseTimes(Duration.ofSeconds(10), Duration.ofSeconds(60));

  /** Whoever takes over watches for some heartbeats. */
  private static final LeaseTimes WATCHED =
      new LeaseTimes(Duration.ofMillis(20), Duration.ofSeconds(60));

  private static final Instant TWO = Instant.parse("2026-01-02T02:00:00Z");

  /** A process of another machine, of which nobody here can tell whether it lives. */
  private static final LeaseHolder AFAR =
      new LeaseHolder("afar", "boot pid:[1]", 17, TWO, "20260102T020000.000Z", "nightly", TWO);

  @TempDir Path warehouse;
  private LeaseFolder folder;

  @BeforeEach
  void openTheFolder() {
    folder = new LeaseFolder(warehouse.toUri().toString(), new Configuration(false));
  }

  private static Clock at(Instant instant) {
    return Clock.fixed(instant, ZoneOffset.UTC);
  }

  private static LeaseHolder here(String command) {
    return LeaseHolder.here("20260102T020030.000Z", command, TWO);
  }

  /** Of a machine that just went away: as the folder looks after its last sign of life. */
  private void holdFromAfar(Instant lastBeat) {
    folder.create(LeaseState.claim(4), AFAR.json());
    folder.create(LeaseState.beat(4, lastBeat), "");
    try {
      Files.setLastModifiedTime(
          warehouse.resolve("_lease").resolve(LeaseState.claim(4)),
          java.nio.file.attribute.FileTime.from(TWO));
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  @Test
  void whoeverHoldsTheLeaseKeepsOthersOutAndIsNamedWithWhatToDo() {
    Lease held = Lease.take(folder, here("nightly"), TIMES, Clock.systemUTC());

    assertThatThrownBy(() -> Lease.take(folder, here("facts"), TIMES, Clock.systemUTC()))
        .isInstanceOfSatisfying(
            NightdeskException.class, e -> assertThat(e.exitCode()).isEqualTo(ExitCode.FAILED))
        .hasMessageContaining("nightdesk nightly on")
        .hasMessageContaining("process " + ProcessHandle.current().pid())
        .hasMessageContaining("run 20260102T020030.000Z")
        .hasMessageContaining("since 2026-01-02T02:00:00Z")
        .hasMessageContaining("Wait until it ends");

    held.close();
    try (Lease next = Lease.take(folder, here("facts"), TIMES, Clock.systemUTC())) {
      assertThat(next.epoch()).isEqualTo(2);
    }
  }

  @Test
  void theEpochGrowsWithEveryHolderAndOldFilesGo() {
    for (int times = 1; times <= 3; times++) {
      try (Lease lease = Lease.take(folder, here("nightly"), TIMES, Clock.systemUTC())) {
        assertThat(lease.epoch()).isEqualTo(times);
      }
    }

    assertThat(folder.list().stream().map(LeaseFolder.Entry::name))
        .containsExactlyInAnyOrder(LeaseState.claim(3), LeaseState.released(3));
  }

  @Test
  void aHolderOfAnotherMachineIsLeftAloneUntilTheTimeoutAfterItsLastHeartbeat() {
    holdFromAfar(TWO.plusSeconds(30));

    assertThatThrownBy(() -> Lease.take(folder, here("nightly"), WATCHED, at(TWO.plusSeconds(90))))
        .hasMessageContaining("nightdesk nightly on afar (process 17, run 20260102T020000.000Z)")
        .hasMessageContaining("last seen 2026-01-02T02:00:30Z")
        .hasMessageContaining("free at 2026-01-02T02:01:30Z");
    try (Lease taken =
        Lease.take(folder, here("nightly"), WATCHED, at(TWO.plusSeconds(90).plusMillis(1)))) {
      assertThat(taken.epoch()).isEqualTo(5);
    }
  }

  @Test
  void aDeadProcessOfThisMachineIsReplacedAtOnce() throws Exception {
    Process process = new ProcessBuilder("sleep", "60").start();
    LeaseHolder me = here("nightly");
    LeaseHolder other =
        new LeaseHolder(
            me.host(),
            me.processes(),
            process.pid(),
            process.info().startInstant().orElseThrow(),
            "run",
            "nightly",
            Instant.now());
    folder.create(LeaseState.claim(1), other.json());
    assertThatThrownBy(() -> Lease.take(folder, me, TIMES, Clock.systemUTC()))
        .hasMessageContaining("process " + process.pid());

    process.destroyForcibly().waitFor();

    try (Lease lease = Lease.take(folder, me, TIMES, Clock.systemUTC())) {
      assertThat(lease.epoch()).isEqualTo(2);
    }
  }

  @Test
  void aHolderThatLivesIsLeftAloneWhateverItsClockSays() throws Exception {
    for (Instant wrong : List.of(TWO.minusSeconds(3600), TWO.plusSeconds(3600))) {
      LeaseTimes slow = new LeaseTimes(Duration.ofMillis(500), Duration.ofSeconds(60));
      holdFromAfar(wrong);
      ExecutorService holder = Executors.newSingleThreadExecutor();
      try {
        Future<Boolean> beat =
            holder.submit(
                () -> {
                  Thread.sleep(200);
                  folder.delete(LeaseState.beat(4, wrong));
                  return folder.create(LeaseState.beat(4, wrong.plusSeconds(10)), "");
                });

        assertThatThrownBy(() -> Lease.take(folder, here("nightly"), slow, at(TWO)))
            .hasMessageContaining("nightdesk nightly on afar")
            .hasMessageContaining("last seen " + wrong.plusSeconds(10));
        assertThat(beat.get()).isTrue();
        folder.delete(LeaseState.beat(4, wrong.plusSeconds(10)));
      } finally {
        holder.shutdownNow();
      }
    }
  }

  @Test
  void aDeadHolderWhoseClockWasAheadDoesNotHoldTheLeaseUntilThen() {
    holdFromAfar(TWO.plusSeconds(3600));

    try (Lease taken = Lease.take(folder, here("nightly"), WATCHED, at(TWO))) {
      assertThat(taken.epoch()).isEqualTo(5);
    }
  }

  @Test
  void aPidThatCameAgainIsAnotherProcess() {
    LeaseHolder me = here("nightly");
    LeaseHolder former =
        new LeaseHolder(
            me.host(),
            me.processes(),
            me.pid(),
            me.processStartedAt().minusSeconds(3600),
            "run",
            "nightly",
            TWO);

    LeaseHolder beforeTheClockWasSet =
        new LeaseHolder(
            me.host(),
            me.processes(),
            me.pid(),
            me.processStartedAt().minusSeconds(2),
            "run",
            "nightly",
            TWO);

    assertThat(me.isDeadHere()).isFalse();
    assertThat(beforeTheClockWasSet.isDeadHere()).isFalse();
    assertThat(former.isDeadHere()).isTrue();
    assertThat(AFAR.isDeadHere()).isFalse();
  }

  @Test
  void aHolderThatWasTakenOverCannotCommitAndSaysByWhom() {
    Lease frozen = Lease.take(folder, here("nightly"), TIMES, Clock.systemUTC());
    assertThat(frozen.during(() -> "committed")).isEqualTo("committed");

    folder.create(LeaseState.claim(2), AFAR.json());

    assertThatThrownBy(() -> frozen.during(() -> "committed"))
        .isInstanceOf(NightdeskException.class)
        .hasMessageContaining("taken over by nightdesk nightly on afar (process 17");
    frozen.close();
    assertThat(LeaseState.of(folder.list()).isReleased()).isFalse();
  }

  @Test
  void aCommitThatAnotherRunForestalledSaysWhoHasTakenOver() {
    try (Lease frozen = Lease.take(folder, here("nightly"), TIMES, Clock.systemUTC())) {
      StaleBase stale = new StaleBase("fact_ticket", 3, 4);
      Supplier<String> forestalled =
          () -> {
            folder.create(LeaseState.claim(2), AFAR.json());
            throw stale;
          };
      Supplier<String> meddledWith =
          () -> {
            throw stale;
          };

      assertThatThrownBy(() -> frozen.during(meddledWith)).isSameAs(stale);
      assertThatThrownBy(() -> frozen.during(forestalled))
          .isInstanceOf(NightdeskException.class)
          .hasMessageContaining("taken over by nightdesk nightly on afar (process 17");
    }
  }

  @Test
  void aClaimThatIsNotWrittenToItsEndHoldsUntilTheTimeout() {
    folder.create(LeaseState.claim(1), "{\"host\":\"af");
    Instant claimed = Instant.ofEpochMilli(folder.list().get(0).modifiedAtMillis());

    assertThatThrownBy(
            () -> Lease.take(folder, here("nightly"), WATCHED, at(claimed.plusSeconds(59))))
        .hasMessageContaining("it has just begun");
    try (Lease lease = Lease.take(folder, here("nightly"), WATCHED, at(claimed.plusSeconds(61)))) {
      assertThat(lease.epoch()).isEqualTo(2);
    }
  }

  @Test
  void aClaimThatTellsNoTimeIsOfAnUnknownRun() {
    assertThat(LeaseHolder.read("{\"host\":\"afar\",\"since\":\"yesterday\"}")).isEmpty();
  }

  @Test
  void aRunThatCannotSeeTheLeaseStopsAndOthersDoNotBegin() throws Exception {
    try (Lease held = Lease.take(folder, here("nightly"), TIMES, Clock.systemUTC())) {
      Path lease = warehouse.resolve("_lease");
      Files.move(lease, warehouse.resolve("away"));
      Files.writeString(lease, "not a folder");

      assertThatThrownBy(() -> held.during(() -> "committed")).hasMessageContaining("is gone");
      assertThatThrownBy(() -> Lease.take(folder, here("facts"), TIMES, Clock.systemUTC()))
          .isInstanceOf(RuntimeException.class);
    }
  }

  @Test
  void theHeartbeatTellsThatTheHolderLives() throws Exception {
    LeaseTimes quick = new LeaseTimes(Duration.ofMillis(20), Duration.ofMillis(200));
    try (Lease lease = Lease.take(folder, here("nightly"), quick, Clock.systemUTC())) {
      Instant first = LeaseState.of(folder.list()).lastBeat();
      Thread.sleep(300);

      LeaseState later = LeaseState.of(folder.list());

      assertThat(later.epoch()).isEqualTo(lease.epoch());
      assertThat(later.lastBeat()).isAfter(first.plusMillis(200));
      assertThat(folder.list()).hasSizeBetween(2, 3);
    }
  }

  @Test
  void ofManyWhoWantItAtOnceOneGetsIt() throws Exception {
    ExecutorService runs = Executors.newFixedThreadPool(8);
    try {
      Callable<Boolean> take =
          () -> {
            try {
              Lease.take(folder, here("nightly"), TIMES, Clock.systemUTC());
              return true;
            } catch (NightdeskException e) {
              return false;
            }
          };
      int takers = 0;
      for (Future<Boolean> each : runs.invokeAll(List.of(take, take, take, take, take, take))) {
        takers += each.get() ? 1 : 0;
      }
      assertThat(takers).isEqualTo(1);
    } finally {
      runs.shutdownNow();
    }
  }

  @Test
  void aTimeoutThatOneLateHeartbeatCouldMissIsRefused() {
    assertThatThrownBy(() -> new LeaseTimes(Duration.ofSeconds(10), Duration.ofSeconds(20)))
        .hasMessageContaining("lease.timeout is PT20S")
        .hasMessageContaining("PT10S");
  }
}
