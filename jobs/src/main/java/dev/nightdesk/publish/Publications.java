package dev.nightdesk.publish;

import static org.apache.spark.sql.functions.col;

import dev.nightdesk.contract.Contracts;
import dev.nightdesk.contract.TableContract;
import dev.nightdesk.io.DeltaTables;
import dev.nightdesk.io.NightTables;
import dev.nightdesk.io.TableChange;
import java.sql.Date;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;

/** The publications of a warehouse: the table {@code publication}, and how a night becomes one. */
public final class Publications {

  private static final TableContract CONTRACT = Contracts.of("publication");

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

  private static Publication publication(Row row) {
    return new Publication(
        row.getAs("publication_id"),
        row.<Long>getAs("sequence"),
        row.<Date>getAs("logical_date").toLocalDate(),
        row.getJavaMap(row.fieldIndex("table_versions")),
        row.getJavaMap(row.fieldIndex("fingerprints")));
  }

  /**
   * Commits what a manifest holds, each table once, and names the result; what was done already
   * before a crash is not done again.
   *
   * @param contracts the contracts of the tables by name
   * @param commitMetadata JSON that every commit carries, with the run's id
   */
  public Publication apply(
      Manifest manifest,
      Function<String, TableContract> contracts,
      String commitMetadata,
      String codeVersion,
      Instant now) {
    Optional<Publication> latest = latest();
    if (latest.isPresent() && latest.get().id().equals(manifest.runId())) {
      return latest.get();
    }
    Map<String, Long> versions = new LinkedHashMap<>(manifest.baseVersions());
    for (Map.Entry<String, TableChange> change : manifest.changes().entrySet()) {
      versions.put(
          change.getKey(),
          NightTables.apply(
              tables,
              contracts.apply(change.getKey()),
              change.getValue(),
              manifest.runId(),
              manifest.sequence(),
              commitMetadata,
              now));
    }
    Row row =
        RowFactory.create(
            manifest.runId(),
            manifest.sequence(),
            Date.valueOf(manifest.night()),
            "night",
            manifest.basePublicationId().isEmpty() ? null : manifest.basePublicationId(),
            null,
            Timestamp.from(now),
            versions,
            manifest.fingerprints(),
            manifest.recomputedBecause().toArray(String[]::new),
            manifest.isVolumeAccepted(),
            codeVersion);
    Dataset<Row> rows = spark.createDataFrame(List.of(row), CONTRACT.schema()).coalesce(1);
    tables.append(CONTRACT, rows, manifest.sequence(), commitMetadata);
    return new Publication(
        manifest.runId(), manifest.sequence(), manifest.night(), versions, manifest.fingerprints());
  }
}
