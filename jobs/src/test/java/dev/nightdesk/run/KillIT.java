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
import java.nio.file.attribute.FileTime;
import java.sql.Date;
import java.time.Clock;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/**
 * Nights that are killed, frozen and run twice, as real processes: readers see one whole night all
 * the while, and the next plain run ends in the tables of an undisturbed one.
 *
 * <p>{@code -Dkills=N} kills N times, {@code -Dkills.seed=S} says by which chance.
 */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class KillIT extends SparkTestBase {

  private static final int KILLS = Integer.getInteger("kills", 3);
  private static final long SEED = Long.getLong("kills.seed", 20260320L);

  /** The dumps that there are. */
  private static final int MOST_DAYS = 14;

  @TempDir static Path folder;
  private static Desk desk;
  private static CompletableFuture<NightRun> undisturbed;

  /** The first date is published; the second is what all begin with. */
  @BeforeAll
  static void publishTheFirstNight() {
    // Random deaths come so late now and then that the night is published.
    int days = Kill.isThorough(KILLS) ? Math.min(MOST_DAYS, 3 + KILLS / 10) : 2;
    desk = Desk.of(days, Kill.isThorough(KILLS) ? NightScope.TOUCHED : NightScope.AUTO, folder);
    Command archive = desk.archiveClasses();
    NightRun prepared = night("undisturbed");
    prepared.nightly(Desk.FIRST);
    desk.copy("undisturbed", "killed");
    assertThat(archive.end()).as(archive::said).isZero();
    // Beside the processes that die.
    undisturbed = CompletableFuture.supplyAsync(() -> goOn(prepared));
  }

  private static NightRun goOn(NightRun night) {
    night.stage(Desk.FIRST.plusDays(1));
    night.facts();
    night.kpis();
    night.audit();
    desk.copy("undisturbed", "frozen");
    night.publish();
    night.nightly(NightOrder.upTo(null));
    return night;
  }

  private static NightRun night(String warehouse) {
    return new NightRun(spark(), desk.config(warehouse), Clock.systemUTC());
  }

  // First: it has time for what the undisturbed nights take meanwhile.
  @Test
  @Order(1)
  void killedAgainAndAgainTheNightsEndInTheTablesOfAnUndisturbedOne() throws Exception {
    Reader reader = new Reader("killed");
    Thread reading = new Thread(reader, "reader");
    reading.start();
    List<String> kills = new ArrayList<>();
    try {
      for (Kill kill : Kill.plan(KILLS, SEED)) {
        kills.add(kill.toString());
        die(kill, () -> "%s, seed %d".formatted(kills, SEED));
        assertThat(reader.failure()).as("after %s, seed %d", kills, SEED).isEmpty();
      }
      Command plain = desk.start("killed", Map.of(), "nightly");
      assertThat(plain.end()).as(plain::said).isZero();
    } finally {
      reader.stop();
      reading.join();
    }
    assertThat(reader.failure()).as("after %s, seed %d", kills, SEED).isEmpty();
    assertThat(reader.seen()).isGreaterThan(KILLS);
    requireSameTables(undisturbed.get(), night("killed"), kills);
    requireNothingLeftToDo();
  }

  private static void die(Kill kill, Supplier<String> deaths) throws InterruptedException {
    List<String> arguments = new ArrayList<>(List.of(kill.command()));
    if (List.of("nightly", "stage").contains(kill.command())) {
      arguments.addAll(List.of("--date", next(night("killed")).toString()));
    }
    Command command = desk.start("killed", kill.properties(), arguments.toArray(String[]::new));
    if (kill.point() != null) {
      assertThat(command.end()).as(() -> deaths.get() + ": " + command.said()).isEqualTo(137);
      return;
    }
    command.awaitLines(kill.lines());
    TimeUnit.MILLISECONDS.sleep(kill.millis());
    command.process().destroyForcibly();
    // 0: it was done before.
    assertThat(command.end()).as(() -> deaths.get() + ": " + command.said()).isIn(0, 137);
  }

  /** The first date that is not published. */
  private static LocalDate next(NightRun night) {
    return night.warehouse().latest().logicalDate().plusDays(1);
  }

  private static void requireNothingLeftToDo() {
    assertThat(desk.folder().resolve("killed/work")).isEmptyDirectory();
    Map<String, FileTime> before = desk.files("killed");
    assertThat(night("killed").nightly(NightOrder.upTo(null)).staged().isNothing()).isTrue();
    assertThat(desk.files("killed")).isEqualTo(before);
  }

  @Test
  void aSecondRunEndsNamingTheFirstWhichGivesTheLeaseBackWhenItIsEnded() throws Exception {
    Path pause = folder.resolve("pause-stage");
    Command first =
        desk.start(
            "twice",
            Map.of("nightdesk.pause-at", "LEASE:1", "nightdesk.pause-file", pause.toString()),
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
    undisturbed.get();
    NightRun night = night("frozen");
    Path pause = folder.resolve("pause-commit");
    // Between the check of the lease and the commit that it allows.
    Command frozen =
        desk.start(
            "frozen",
            Map.of("nightdesk.pause-at", "IN_COMMIT:3", "nightdesk.pause-file", pause.toString()),
            "publish");
    awaitFile(frozen, pause);
    frozen.signal("STOP");
    TimeUnit.SECONDS.sleep(6);

    assertThat(night.stage(Desk.FIRST.plusDays(1)).isNothing()).isTrue();
    Publication finished = night.warehouse().latest();
    Map<String, Long> versions = versions(night);
    Files.delete(pause);
    frozen.signal("CONT");

    assertThat(frozen.end()).as(frozen::said).isEqualTo(1);
    assertThat(frozen.said()).contains("was taken over by nightdesk stage");
    assertThat(versions(night)).isEqualTo(versions);
    assertThat(night.warehouse().latest()).isEqualTo(finished);
    assertThat(night.warehouse().publications().ids()).hasSize(2);
    assertThat(night.warehouse().nights().all()).isEmpty();
  }

  private static void awaitFile(Command command, Path file) throws InterruptedException {
    while (!Files.exists(file)) {
      assertThat(command.process().isAlive()).as(command::said).isTrue();
      TimeUnit.MILLISECONDS.sleep(50);
    }
  }

  private static Map<String, Long> versions(NightRun night) {
    Map<String, Long> versions = new TreeMap<>();
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
