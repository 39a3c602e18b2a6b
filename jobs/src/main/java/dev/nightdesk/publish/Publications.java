package dev.nightdesk.publish;

import static org.apache.spark.sql.functions.col;

import dev.nightdesk.contract.Contracts;
import dev.nightdesk.contract.TableContract;
import dev.nightdesk.io.Checkpoints.Point;
import dev.nightdesk.io.DeltaTables;
import dev.nightdesk.io.NightTables;
import dev.nightdesk.io.TableChange;
import dev.nightdesk.table.SideBySide;
import java.sql.Date;
import java.sql.Timestamp;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;

/** The publications of a warehouse: the table {@code publication}, and how a night becomes one. */
public final class Publications {

  private static final TableContract CONTRACT = Contracts.of("publication");
  private static final TableContract RUN = Contracts.of("run");

  /** A commit is mostly Delta's own work on one thread, or waiting for the store. */
  private static final int COMMITS_AT_A_TIME = 3;

  private final SparkSession spark;
  private final DeltaTables tables;

  public Publications(SparkSession spark, DeltaTables tables) {
    this.spark = spark;
    this.tables = tables;
  }

  /** The one that readers see; absent if nothing was ever published. */
  public Optional<Publication> latest() {
    List<Row> rows =
        tables.readFiles(CONTRACT).orderBy(col("sequence").desc()).limit(1).collectAsList();
    return rows.stream().findFirst().map(Publications::publication);
  }

  /** A publication by its id; absent if there is none. */
  public Optional<Publication> find(String id) {
    return tables
        .readFiles(CONTRACT)
        .filter(col("publication_id").equalTo(id))
        .collectAsList()
        .stream()
        .findFirst()
        .map(Publications::publication);
  }

  /** The ids of all publications, the latest first. */
  public List<String> ids() {
    return tables.readFiles(CONTRACT).orderBy(col("sequence").desc()).collectAsList().stream()
        .map(row -> row.<String>getAs("publication_id"))
        .toList();
  }

  private static Publication publication(Row row) {
    return new Publication(
        row.getAs("publication_id"),
        row.<Long>getAs("sequence"),
        row.<Date>getAs("logical_date").toLocalDate(),
        row.getAs("kind_code"),
        row.<Timestamp>getAs("published_at").toInstant(),
        row.getJavaMap(row.fieldIndex("table_versions")),
        row.getJavaMap(row.fieldIndex("fingerprints")));
  }

  /**
   * Commits what a manifest holds, each table once, and names the result; what was done already
   * before a crash is not done again.
   *
   * @throws dev.nightdesk.io.StaleBase if something else has written to a table since
   */
  public Publication apply(Manifest manifest, Applying how) {
    Optional<Publication> done = find(manifest.head().runId());
    if (done.isPresent()) {
      return done.get();
    }
    Map<String, Long> versions = new LinkedHashMap<>(manifest.base().tableVersions());
    versions.putAll(commit(manifest, how));
    how.checkpoints().at(Point.COMMITTED);
    how.guard()
        .during(
            () -> {
              // First what the run did: a publication is the last word of a night.
              once(RUN, () -> how.runRows().apply(versions), manifest, how);
              how.checkpoints().at(Point.BEFORE_PUBLICATION);
              once(CONTRACT, () -> row(manifest, versions, how), manifest, how);
              return null;
            });
    how.checkpoints().at(Point.PUBLISHED);
    return find(manifest.head().runId())
        .orElseThrow(
            () ->
                new IllegalStateException(
                    "The publication number %d is not %s, because another run has published since. Run the night again from the start."
                        .formatted(manifest.head().sequence(), manifest.head().runId())));
  }

  /** The new versions; some tables at a time, begun in the order of their names. */
  private Map<String, Long> commit(Manifest manifest, Applying how) {
    Map<String, TableChange> changes = new TreeMap<>(manifest.done().changes());
    List<Callable<Long>> commits = new ArrayList<>();
    changes
        .values()
        .forEach(
            change ->
                commits.add(
                    () -> {
                      how.checkpoints().at(Point.COMMIT);
                      return how.guard().during(() -> commit(manifest, change, how));
                    }));
    Iterator<Long> committed = SideBySide.all(COMMITS_AT_A_TIME, commits).iterator();
    Map<String, Long> versions = new LinkedHashMap<>();
    changes.keySet().forEach(table -> versions.put(table, committed.next()));
    return versions;
  }

  private long commit(Manifest manifest, TableChange change, Applying how) {
    how.checkpoints().at(Point.IN_COMMIT);
    return NightTables.apply(
        tables,
        how.contracts().apply(change.table()),
        change,
        manifest.head().runId(),
        manifest.head().sequence(),
        how.commitMetadata(),
        how.now());
  }

  private void once(
      TableContract contract, Supplier<Dataset<Row>> rows, Manifest manifest, Applying how) {
    tables.appendOnce(
        contract, () -> rows.get().coalesce(1), manifest.head().sequence(), how.commitMetadata());
  }

  private Dataset<Row> row(Manifest manifest, Map<String, Long> versions, Applying how) {
    Row row =
        RowFactory.create(
            manifest.head().runId(),
            manifest.head().sequence(),
            Date.valueOf(manifest.head().night()),
            manifest.head().kind().name().toLowerCase(Locale.ROOT),
            manifest.base().isNone() ? null : manifest.base().publicationId(),
            manifest.head().restoredPublicationId().isEmpty()
                ? null
                : manifest.head().restoredPublicationId(),
            Timestamp.from(how.now()),
            versions,
            manifest.inputs().fingerprints(),
            manifest.recomputedBecause().toArray(String[]::new),
            manifest.isVolumeAccepted(),
            how.codeVersion());
    return spark.createDataFrame(List.of(row), CONTRACT.schema());
  }
}
