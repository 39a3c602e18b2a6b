package dev.nightdesk.run;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count_if;
import static org.apache.spark.sql.functions.sum;
import static org.assertj.core.api.Assertions.assertThat;

import dev.nightdesk.SparkTestBase;
import dev.nightdesk.contract.Contracts;
import dev.nightdesk.contract.TableContract;
import dev.nightdesk.contract.TableContract.Layer;
import dev.nightdesk.io.DeltaTables;
import dev.nightdesk.io.LeaseFolder;
import dev.nightdesk.publish.Publication;
import dev.nightdesk.publish.Publications;
import dev.nightdesk.run.Desk.Command;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Date;
import java.time.Clock;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Nights that are killed, frozen and run twice, as real processes: readers see one whole night all
 * the while, and the next plain run ends in the tables of an undisturbed one.
 *
 * <p>{@code -Dkills=N} kills N times, {@code -Dkills.seed=S} says by which chance.
 */
class KillIT extends SparkTestBase {

  private static final int KILLS = Integer.getInteger("kills", 5);
  private static final long SEED = Long.getLong("kills.seed", 20260320L);

  /** What is killed. */
  private enum Victim {
    /** A whole night; first it finishes what its predecessor left half published. */
    NIGHT,
    /** The last step alone; the others were done by another process. */
    PUBLISH
  }

  /**
   * When a process dies.
   *
   * @param point as the program names its moments; null: at any instant
   */
  private record Moment(Victim victim, String point) {}

  /** Each named moment once; the first five are the usual test. */
  private static final List<Moment> MOMENTS =
      List.of(
          new Moment(Victim.NIGHT, "facts"),
          new Moment(Victim.PUBLISH, "in-commit:4"),
          // In the middle of finishing what the one before left.
          new Moment(Victim.NIGHT, "in-commit:7"),
          new Moment(Victim.PUBLISH, "before-publication"),
          new Moment(Victim.NIGHT, null),
          new Moment(Victim.NIGHT, "stage"),
          new Moment(Victim.PUBLISH, "published"),
          new Moment(Victim.NIGHT, "roll-forward"),
          new Moment(Victim.PUBLISH, "intent"),
          new Moment(Victim.NIGHT, "lease"),
          new Moment(Victim.NIGHT, "kpis"),
          new Moment(Victim.PUBLISH, "committed"),
          new Moment(Victim.PUBLISH, "commit:2"),
          new Moment(Victim.PUBLISH, "cleared"),
          new Moment(Victim.NIGHT, "audit"));

  @TempDir static Path folder;
  private static Desk desk;
  private static NightRun undisturbed;

  @BeforeAll
  static void runAnUndisturbedNight() {
    // Every process that dies while it publishes leaves a night that the next one finishes.
    desk = Desk.of(Math.min(14, 4 + KILLS / 2), folder);
    undisturbed = night("undisturbed");
    undisturbed.nightly(NightOrder.upTo(null));
  }

  private static NightRun night(String warehouse) {
    return new NightRun(spark(), desk.config(warehouse), Clock.systemUTC());
  }

  @Test
  void killedAgainAndAgainTheNightsEndInTheTablesOfAnUndisturbedOne() throws Exception {
    Random chance = new Random(SEED);
    Reader reader = new Reader("killed");
    Thread reading = new Thread(reader, "reader");
    reading.start();
    List<String> kills = new ArrayList<>();
    try {
      for (int kill = 0; kill < KILLS; kill++) {
        Moment moment = kill < MOMENTS.size() ? MOMENTS.get(kill) : new Moment(Victim.NIGHT, null);
        kills.add(kill(moment, chance));
        assertThat(reader.failure()).as("after %s, seed %d", kills, SEED).isEmpty();
      }
      Command plain = desk.start("killed", Map.of(), "nightly");
      assertThat(plain.end()).as(plain::said).isZero();
    } finally {
      reader.stop();
      reading.join();
    }
    assertThat(reader.failure()).as("after %s, seed %d", kills, SEED).isEmpty();
    assertThat(reader.seen()).isPositive();
    requireSameTables(undisturbed, night("killed"), kills);
    assertThat(night("killed").warehouse().nights().all()).isEmpty();
  }

  /** Kills one process; in words. */
  private static String kill(Moment moment, Random chance) throws InterruptedException {
    NightRun night = night("killed");
    if (moment.victim() == Victim.PUBLISH) {
      // Finishes what is half published, so that there is a date to go on with.
      night.warehouse().alone("recovery", () -> "");
      LocalDate date = next(night);
      // All but the last step here, where Spark is warm: steps may be separate processes.
      night.stage(date);
      night.facts();
      night.kpis();
      night.audit();
      return halt(moment.point(), "publish");
    }
    String date = next(night).toString();
    if (moment.point() != null) {
      return halt(moment.point(), "nightly", "--date", date);
    }
    long millis = 3000 + chance.nextInt(12_000);
    Command command = desk.start("killed", Map.of(), "nightly", "--date", date);
    TimeUnit.MILLISECONDS.sleep(millis);
    command.process().destroyForcibly();
    command.end();
    return "nightly after %d ms".formatted(millis);
  }

  /** The first date that is not published. */
  private static LocalDate next(NightRun night) {
    return night
        .warehouse()
        .publications()
        .latest()
        .map(latest -> latest.logicalDate().plusDays(1))
        .orElse(Desk.FIRST);
  }

  private static String halt(String point, String... arguments) {
    Command command = desk.start("killed", Map.of("nightdesk.halt-at", point), arguments);
    assertThat(command.end()).as(() -> point + ": " + command.said()).isEqualTo(137);
    return arguments[0] + " at " + point;
  }

  @Test
  void aSecondRunEndsNamingTheFirstWhichGivesTheLeaseBackWhenItIsEnded() throws Exception {
    Path pause = folder.resolve("pause-stage");
    Command first =
        desk.start(
            "twice",
            Map.of("nightdesk.pause-at", "lease", "nightdesk.pause-file", pause.toString()),
            "stage");
    awaitFile(first, pause);

    Command second = desk.start("twice", Map.of(), "nightly");

    assertThat(second.end()).as(second::said).isEqualTo(1);
    assertThat(second.said())
        .contains("Another run writes to this warehouse: nightdesk stage")
        .contains("process " + first.process().pid())
        .contains("Wait until it ends");
    first.signal("TERM");
    assertThat(first.process().waitFor(10, TimeUnit.SECONDS)).as(first::said).isTrue();
    LeaseFolder lease =
        new LeaseFolder(
            desk.config("twice").warehouse(), spark().sparkContext().hadoopConfiguration());
    assertThat(LeaseState.of(lease.list()).isReleased()).isTrue();
  }

  @Test
  void aFrozenHolderThatWakesAfterItWasTakenOverPublishesNothing() throws Exception {
    NightRun night = night("frozen");
    night.stage(Desk.FIRST);
    night.facts();
    night.kpis();
    night.audit();
    Path pause = folder.resolve("pause-commit");
    // Between the check of the lease and the commit that it allows.
    Command frozen =
        desk.start(
            "frozen",
            Map.of("nightdesk.pause-at", "in-commit:3", "nightdesk.pause-file", pause.toString()),
            "publish");
    awaitFile(frozen, pause);
    frozen.signal("STOP");
    TimeUnit.SECONDS.sleep(6);

    assertThat(night.stage(Desk.FIRST).isNothing()).isTrue();
    Publication finished = night.warehouse().latest();
    Map<String, Long> versions = versions(night);
    Files.delete(pause);
    frozen.signal("CONT");

    assertThat(frozen.end()).as(frozen::said).isEqualTo(1);
    assertThat(frozen.said()).contains("was taken over by nightdesk stage");
    assertThat(versions(night)).isEqualTo(versions);
    assertThat(night.warehouse().latest()).isEqualTo(finished);
    assertThat(night.warehouse().publications().ids()).hasSize(1);
    assertThat(night.warehouse().nights().all()).isEmpty();
  }

  private static void awaitFile(Command command, Path file) throws InterruptedException {
    while (!Files.exists(file)) {
      assertThat(command.process().isAlive()).as(command::said).isTrue();
      TimeUnit.MILLISECONDS.sleep(50);
    }
  }

  private static Map<String, Long> versions(NightRun night) {
    Map<String, Long> versions = new java.util.TreeMap<>();
    night
        .warehouse()
        .latest()
        .tableVersions()
        .keySet()
        .forEach(
            table ->
                versions.put(
                    table, night.warehouse().tables().version(night.warehouse().contract(table))));
    return versions;
  }

  private static void requireSameTables(NightRun expected, NightRun actual, List<String> kills) {
    int compared = 0;
    for (String table : expected.warehouse().latest().tableVersions().keySet()) {
      TableContract contract = expected.warehouse().contract(table);
      if (contract.layer() != Layer.OPERATIONS) {
        assertThat(texts(actual.warehouse().published().read(contract)))
            .as("%s after %s, seed %d", table, kills, SEED)
            .isEqualTo(texts(expected.warehouse().published().read(contract)));
        compared++;
      }
    }
    assertThat(compared).isGreaterThan(30);
  }

  private static List<String> texts(Dataset<Row> rows) {
    return rows.collectAsList().stream().map(Row::toString).sorted().toList();
  }

  /** Reads what is published, again and again, and never believes it. */
  private static final class Reader implements Runnable {

    private final Publications publications;
    private final DeltaTables tables;
    private final TableContract kpiOverall;
    private volatile boolean isStopped;
    private volatile String failure = "";
    private volatile int seen;
    private long sequence;

    Reader(String warehouse) {
      this.tables = new DeltaTables(spark(), desk.config(warehouse).warehouse());
      this.publications = new Publications(spark(), tables);
      this.kpiOverall = Kpis.of(desk.config(warehouse)).contracts().of("kpi_overall");
    }

    @Override
    public void run() {
      try {
        while (!isStopped) {
          publications.latest().ifPresent(this::check);
          TimeUnit.MILLISECONDS.sleep(500);
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      } catch (RuntimeException | AssertionError e) {
        failure = e.toString();
      }
    }

    private void check(Publication publication) {
      assertThat(publication.sequence()).isGreaterThanOrEqualTo(sequence);
      sequence = publication.sequence();
      Row created =
          rows(publication, kpiOverall)
              .filter(col("grain_code").equalTo("day"))
              .agg(sum("created_ticket_count"))
              .first();
      Row counted =
          rows(publication, Contracts.of("fact_ticket")).agg(count_if(col("is_counted"))).first();
      assertThat(created.getLong(0)).isEqualTo(counted.getLong(0));
      Row latest =
          rows(publication, Contracts.of("ingested_file")).agg(functions.max("dt")).first();
      assertThat(latest.<Date>getAs(0).toLocalDate()).isEqualTo(publication.logicalDate());
      seen++;
    }

    private Dataset<Row> rows(Publication publication, TableContract contract) {
      return tables.read(contract, publication.tableVersions().get(contract.table()));
    }

    String failure() {
      return failure;
    }

    int seen() {
      return seen;
    }

    void stop() {
      isStopped = true;
    }
  }
}
