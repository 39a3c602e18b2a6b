package dev.nightdesk.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nightdesk.SparkTestBase;
import dev.nightdesk.contract.ColumnContract;
import dev.nightdesk.contract.TableContract;
import dev.nightdesk.contract.TableContract.Layer;
import dev.nightdesk.table.Replacement;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NightTablesTest extends SparkTestBase {

  private static final ColumnContract KEY =
      new ColumnContract("door_key", DataTypes.StringType, true, "", List.of(), "The door.");
  private static final ColumnContract STATE =
      new ColumnContract(
          "state_code", DataTypes.StringType, false, "", List.of("open", "shut"), "Its state.");
  private static final TableContract DOORS = doors(List.of(KEY, STATE));

  private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");

  @TempDir Path warehouse;
  private long sequence = 1;

  private static TableContract doors(List<ColumnContract> columns) {
    return new TableContract(
        "dim_door",
        Layer.DIM,
        "One row per door.",
        List.of("door_key"),
        "porter",
        columns,
        Optional.of("door_key"),
        List.of("door_key"));
  }

  private DeltaTables tables() {
    return new DeltaTables(spark(), warehouse.toUri().toString());
  }

  private NightTables night() {
    return new NightTables(tables(), Map.of("dim_door", tables().version(DOORS)));
  }

  private NightTables nightThatReadsNothingWhole() {
    return new NightTables(tables(), Map.of("dim_door", tables().version(DOORS)), 0);
  }

  private long apply(NightTables night, String runId) {
    return NightTables.apply(
        tables(),
        DOORS,
        night.changes().get("dim_door"),
        runId,
        sequence++,
        "{\"run_id\":\"" + runId + "\"}",
        NOON);
  }

  private static Dataset<Row> rows(String... keysAndStates) {
    Row[] rows = new Row[keysAndStates.length / 2];
    for (int at = 0; at < rows.length; at++) {
      rows[at] = RowFactory.create(keysAndStates[2 * at], keysAndStates[2 * at + 1]);
    }
    return rows(DOORS.schema(), rows);
  }

  private static Dataset<Row> keys(String... keys) {
    return rows(
        "door_key string", List.of(keys).stream().map(RowFactory::create).toArray(Row[]::new));
  }

  @Test
  void nobodySeesWhatANightWroteBeforeItIsApplied() {
    NightTables night = night();
    night.append(DOORS, rows("front", "open"));

    assertSameRows(rows("front", "open"), night.now(DOORS));
    assertThat(night.before(DOORS).count()).isZero();
    assertThat(tables().exists(DOORS)).isFalse();

    assertThat(apply(night, "r1")).isZero();
    assertSameRows(rows("front", "open"), tables().read(DOORS));
  }

  @Test
  void applyingTwiceCommitsOnce() {
    NightTables night = night();
    night.append(DOORS, rows("front", "open"));
    apply(night, "r1");

    assertThat(apply(night, "r1")).isZero();
    assertThatThrownBy(() -> apply(night, "r2")).isInstanceOf(StaleBase.class);
    assertThat(tables().read(DOORS).count()).isEqualTo(1);
  }

  @Test
  void replacingRewritesOnlyTheFilesThatHoldAKey() {
    NightTables first = night();
    first.append(DOORS, rows("back", "shut", "cellar", "shut"));
    first.append(DOORS, rows("front", "open", "garden", "open"));
    apply(first, "r1");

    NightTables second = night();
    second.replace(
        DOORS,
        new Replacement(
            List.of("door_key"), keys("front", "attic"), rows("front", "shut", "attic", "open")));

    TableChange change = second.changes().get("dim_door");
    assertThat(change.removed()).hasSize(1);
    assertThat(change.rowCount()).isEqualTo(3);
    apply(second, "r2");
    assertSameRows(
        rows("back", "shut", "cellar", "shut", "garden", "open", "front", "shut", "attic", "open"),
        tables().read(DOORS));
    assertThat(tables().read(DOORS, 0).count()).isEqualTo(4);
  }

  @Test
  void ofALargeNightFewRewrittenRowsAreOneFileInOrderAndManyAreSeveral() {
    SparkSession large = spark().newSession();
    large.conf().set("spark.sql.shuffle.partitions", "4");
    DeltaTables tables = new DeltaTables(large, warehouse.toUri().toString());
    NightTables first = new NightTables(tables, Map.of());
    first.append(DOORS, shutDoors(large, 0, 12_000));
    first.append(DOORS, shutDoors(large, 12_000, 24_000));
    apply(first, "r1");

    NightTables few = new NightTables(tables, Map.of("dim_door", 0L));
    few.replace(DOORS, opened(large, "id = 7000"));
    assertThat(few.changes().get("dim_door").added()).hasSize(1);
    assertThat(few.now(DOORS).count()).isEqualTo(24_000);
    List<String> keys = few.written(DOORS).select("door_key").as(Encoders.STRING()).collectAsList();
    assertThat(keys).hasSize(12_000).isSorted();

    NightTables many = new NightTables(tables, Map.of("dim_door", 0L));
    many.replace(DOORS, opened(large, "id IN (7000, 17000)"));
    assertThat(many.changes().get("dim_door").added()).hasSizeGreaterThan(1);
    assertThat(many.now(DOORS).count()).isEqualTo(24_000);
  }

  private static Dataset<Row> shutDoors(SparkSession session, long from, long to) {
    return doors(session.range(from, to, 1, 1).toDF(), "shut");
  }

  private static Replacement opened(SparkSession session, String which) {
    Dataset<Row> open = doors(session.range(0, 24_000, 1, 1).filter(which).toDF(), "open");
    return new Replacement(List.of("door_key"), open.select("door_key"), open);
  }

  private static Dataset<Row> doors(Dataset<Row> ids, String state) {
    return ids.selectExpr("lpad(id, 6, '0') AS door_key", "'%s' AS state_code".formatted(state));
  }

  @Test
  void filesThatCannotHoldWhatIsLookedForAreNotRead() {
    NightTables first = night();
    first.append(DOORS, rows("back", "shut", "cellar", "shut"));
    first.append(DOORS, rows("front", "open", "garden", "open"));
    apply(first, "r1");
    NightTables second = nightThatReadsNothingWhole();
    second.append(DOORS, rows("hall", "open"));

    assertThat(filesFor(second, "back", "garden")).containsExactly(2, 2);
    assertThat(filesFor(second, "garden", "hall")).containsExactly(1, 2);
    assertThat(filesFor(second, "door")).as("between the files").containsExactly(0, 0);
    assertThat(filesFor(second)).containsExactly(0, 0);
    assertSameRows(
        rows("front", "open", "garden", "open"),
        second.before(DOORS, () -> SoughtValues.of(keys("garden"), "door_key")));
  }

  /** Instants are in milliseconds in the log, the rest is cut off. */
  @Test
  void replacingLooksOnlyIntoFilesThatMayHoldTheKeys() throws IOException {
    TableContract clocks =
        doors(
            List.of(
                KEY,
                new ColumnContract(
                    "seen_at", DataTypes.TimestampType, false, "", List.of(), "When.")));
    Dataset<Row> early = seen("2026-01-01 10:00:00.123456");
    Dataset<Row> late = seen("2026-01-01 10:00:00.124456");
    NightTables first = night();
    first.append(clocks, early);
    apply(first, "r1");
    Set<Path> ofFirst = files();
    NightTables second = night();
    second.append(clocks, late);
    apply(second, "r2");
    NightTables third = nightThatReadsNothingWhole();
    for (Path file : ofFirst) {
      Files.delete(file);
    }

    third.replace(
        clocks, new Replacement(List.of("seen_at"), late.select("seen_at"), late.limit(0)));

    assertThat(third.changes().get("dim_door").removed()).hasSize(1);
    NightTables fourth = nightThatReadsNothingWhole();
    Replacement ofEarly =
        new Replacement(List.of("seen_at"), early.select("seen_at"), early.limit(0));
    assertThatThrownBy(() -> fourth.replace(clocks, ofEarly))
        .as("that file is read")
        .hasStackTraceContaining(ofFirst.iterator().next().getFileName().toString());
  }

  private static Dataset<Row> seen(String at) {
    return rows("door_key string, seen string", RowFactory.create("front", at))
        .selectExpr("door_key", "CAST(seen AS TIMESTAMP) AS seen_at");
  }

  private Set<Path> files() throws IOException {
    try (Stream<Path> all = Files.walk(warehouse)) {
      return all.filter(file -> file.toString().endsWith(".parquet")).collect(Collectors.toSet());
    }
  }

  /** Delta cuts long texts, and its order of texts is that of their bytes. */
  @Test
  void longAndForeignTextsAreFound() {
    String far = "the door at the very end of the corridor on the ninth floor";
    NightTables night = nightThatReadsNothingWhole();
    night.append(DOORS, rows(far + ", left", "shut", far + ", right", "shut"));
    night.append(DOORS, rows("\uff41", "shut", "\ud83d\ude80", "open"));

    assertThat(filesFor(night, far + ", right")).containsExactly(0, 1);
    assertThat(filesFor(night, "\ud83d\ude80")).containsExactly(0, 1);
  }

  @Test
  void aSmallTableIsReadWholeWithoutAskingWhatIsLookedFor() {
    NightTables night = night();
    night.append(DOORS, rows("back", "shut"));

    Dataset<Row> doors =
        night.now(
            DOORS,
            () -> {
              throw new AssertionError("asked");
            });

    assertThat(doors.count()).isEqualTo(1);
  }

  @Test
  void forMoreValuesThanAreHeldAllFilesAreRead() {
    NightTables night = nightThatReadsNothingWhole();
    night.append(DOORS, rows("back", "shut"));
    Dataset<Row> many = spark().range(100_001).selectExpr("CAST(id AS STRING) AS door_key");

    assertThat(night.now(DOORS, () -> SoughtValues.of(many, "door_key")).count()).isEqualTo(1);
  }

  /** How many files are read for some keys, of before and of now. */
  private static List<Integer> filesFor(NightTables night, String... keys) {
    SoughtValues sought = SoughtValues.of(keys(keys), "door_key");
    return List.of(
        night.before(DOORS, () -> sought).inputFiles().length,
        night.now(DOORS, () -> sought).inputFiles().length);
  }

  @Test
  void replacingKeysThatAreNowhereByNothingChangesNothing() {
    NightTables first = night();
    first.append(DOORS, rows("back", "shut"));
    apply(first, "r1");

    NightTables second = night();
    second.replace(DOORS, new Replacement(List.of("door_key"), keys("attic"), rows()));

    assertThat(second.changes()).isEmpty();
  }

  @Test
  void theSameContentChangesNothingAndAnotherOnlyWhatDiffers() {
    NightTables first = night();
    first.append(DOORS, rows("back", "shut", "cellar", null));
    first.append(DOORS, rows("front", "open"));
    apply(first, "r1");

    NightTables same = night();
    same.update(DOORS, rows("front", "open", "cellar", null, "back", "shut"));
    assertThat(same.changes()).isEmpty();

    NightTables other = night();
    other.update(DOORS, rows("front", "shut", "cellar", null, "back", "shut"));
    assertThat(other.changes().get("dim_door").removed()).hasSize(1);
    assertSameRows(rows("front", "shut", "cellar", null, "back", "shut"), other.now(DOORS));
  }

  @Test
  void aValueThatMovesToTheNextColumnIsAChange() {
    ColumnContract colour =
        new ColumnContract("colour", DataTypes.StringType, false, "", List.of(), "Its colour.");
    ColumnContract former =
        new ColumnContract("former", DataTypes.StringType, false, "", List.of(), "Before that.");
    TableContract painted = doors(List.of(KEY, colour, former));
    NightTables first = night();
    first.append(painted, rows(painted.schema(), RowFactory.create("back", "red", null)));
    NightTables.apply(
        tables(), painted, first.changes().get("dim_door"), "r1", 1, "{\"run_id\":\"r1\"}", NOON);

    NightTables second = night();
    second.update(painted, rows(painted.schema(), RowFactory.create("back", null, "red")));

    assertThat(second.isChanged(painted)).isTrue();
  }

  @Test
  void aLaterStepGoesOnWithWhatAnEarlierOneWrote() {
    NightTables first = night();
    first.append(DOORS, rows("back", "shut"));
    apply(first, "r1");
    NightTables stage = night();
    stage.replaceAll(DOORS, rows("back", "open"));

    NightTables facts = night();
    facts.resume(DOORS, stage.changes().get("dim_door"));
    facts.append(DOORS, rows("front", "open"));

    apply(facts, "r2");
    assertSameRows(rows("back", "open", "front", "open"), tables().read(DOORS));
  }

  @Test
  void aNewColumnOfTheContractComesWithTheRows() {
    NightTables first = night();
    first.append(DOORS, rows("back", "shut"));
    apply(first, "r1");
    TableContract wider =
        doors(
            List.of(
                KEY,
                STATE,
                new ColumnContract(
                    "colour", DataTypes.StringType, false, "", List.of(), "Its colour.")));

    NightTables second = night();
    second.append(wider, rows(wider.schema(), RowFactory.create("front", "open", "red")));
    NightTables.apply(
        tables(), wider, second.changes().get("dim_door"), "r2", 2, "{\"run_id\":\"r2\"}", NOON);

    assertSameRows(
        rows(
            wider.schema(),
            RowFactory.create("back", "shut", null),
            RowFactory.create("front", "open", "red")),
        tables().read(wider));
  }

  @Test
  void aChangeForAnotherVersionIsRefused() {
    NightTables slow = night();
    slow.append(DOORS, rows("back", "shut"));
    NightTables fast = night();
    fast.append(DOORS, rows("front", "open"));
    apply(fast, "fast");

    assertThatThrownBy(() -> apply(slow, "slow"))
        .isInstanceOf(StaleBase.class)
        .hasMessageContaining("dim_door");
  }
}
