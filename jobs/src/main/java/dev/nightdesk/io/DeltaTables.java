package dev.nightdesk.io;

import dev.nightdesk.contract.ColumnContract;
import dev.nightdesk.contract.ContractViolation;
import dev.nightdesk.contract.TableContract;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SaveMode;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.delta.DeltaLog;
import org.apache.spark.sql.delta.DeltaOperations;
import org.apache.spark.sql.delta.OptimisticTransaction;
import org.apache.spark.sql.delta.Snapshot;
import org.apache.spark.sql.delta.actions.Action;
import org.apache.spark.sql.delta.actions.AddFile;
import org.apache.spark.sql.delta.actions.Format;
import org.apache.spark.sql.delta.actions.Metadata;
import scala.Option;
import scala.collection.immutable.Seq;
import scala.jdk.javaapi.CollectionConverters;

/**
 * The Delta tables of a warehouse, {@code <warehouse>/<layer>/<table>}: born from their contracts,
 * replaced whole or appended to, one commit each.
 *
 * <p>No reader feature is enabled: every Delta reader can read them. NOT NULL and CHECK constraints
 * bind writers only.
 */
public final class DeltaTables {

  private final SparkSession spark;
  private final String root;
  private final String commitMetadata;

  /**
   * @param root the warehouse's URI
   * @param commitMetadata JSON that every commit carries: run, logical date, version of the code
   */
  public DeltaTables(SparkSession spark, String root, String commitMetadata) {
    this.spark = spark;
    this.root = root.endsWith("/") ? root.substring(0, root.length() - 1) : root;
    this.commitMetadata = commitMetadata;
  }

  /** Where the warehouse lies. */
  public String root() {
    return root;
  }

  /** Where a table lies. */
  public String path(TableContract contract) {
    return root + "/" + contract.layer().folder() + "/" + contract.table();
  }

  /** Whether the table was ever written. */
  public boolean exists(TableContract contract) {
    return DeltaLog.forTable(spark, path(contract))
            .update(false, Option.empty(), Option.empty())
            .version()
        >= 0;
  }

  /** The table's rows; no rows, but its columns, if it was never written. */
  public Dataset<Row> read(TableContract contract) {
    return exists(contract)
        ? spark.read().format("delta").load(path(contract))
        : spark.createDataFrame(List.of(), contract.schema());
  }

  /**
   * The table's rows as plain Parquet, from the files of its version now; no rows if it was never
   * written.
   *
   * <p>For plans that scan a table many times: Delta asks its log anew in a job of its own for
   * every scan, which took a seventh of a small night. It is the same rows, because no table has
   * deletion vectors, partitions or mapped columns.
   */
  public Dataset<Row> readFiles(TableContract contract) {
    DeltaLog log = DeltaLog.forTable(spark, path(contract));
    Snapshot snapshot = log.update(false, Option.empty(), Option.empty());
    if (snapshot.version() < 0) {
      return spark.createDataFrame(List.of(), contract.schema());
    }
    String[] files =
        snapshot.allFiles().collectAsList().stream()
            .map(file -> file.absolutePath(log).toString())
            .sorted()
            .toArray(String[]::new);
    return files.length == 0
        ? spark.createDataFrame(List.of(), contract.schema())
        : spark.read().schema(snapshot.schema()).parquet(files);
  }

  /** The table's version: how often it was committed to, from 0. */
  public long version(TableContract contract) {
    return DeltaLog.forTable(spark, path(contract))
        .update(false, Option.empty(), Option.empty())
        .version();
  }

  /** How a write changes a table. */
  public enum Change {
    /** The rows are added. */
    APPEND,
    /** The rows take the place of all that there are, in the same commit. */
    REPLACE
  }

  /**
   * What a write did.
   *
   * @param version the table's new version
   * @param rowCount rows written
   */
  public record Written(long version, long rowCount) {}

  /**
   * Writes rows in one commit; the first creates the table.
   *
   * @throws ContractViolation if the rows' columns are not those of the contract
   */
  public Written write(TableContract contract, Change change, Dataset<Row> rows) {
    requireColumns(contract, rows);
    DeltaLog log = DeltaLog.forTable(spark, path(contract));
    if (log.update(false, Option.empty(), Option.empty()).version() < 0) {
      create(log, contract, rows);
    } else {
      rows.write()
          .format("delta")
          .mode(change == Change.APPEND ? SaveMode.Append : SaveMode.Overwrite)
          .option("userMetadata", commitMetadata)
          .save(path(contract));
    }
    long version = log.update(false, Option.empty(), Option.empty()).version();
    return new Written(version, rowsAdded(log, version));
  }

  /** Rows of the files that a version added: Delta knows them, no job counts. */
  private static long rowsAdded(DeltaLog log, long version) {
    long rows = 0;
    scala.collection.Iterator<scala.Tuple2<Object, Seq<Action>>> changes =
        log.getChanges(version, Option.empty(), false);
    while (changes.hasNext()) {
      for (Action action : CollectionConverters.asJava(changes.next()._2())) {
        if (action instanceof AddFile file && file.numLogicalRecords().isDefined()) {
          rows += ((Number) file.numLogicalRecords().get()).longValue();
        }
      }
    }
    return rows;
  }

  /**
   * Creates the table and writes its first rows in one commit.
   *
   * <p>Delta's public API needs two: {@code saveAsTable} and {@code save} lose NOT NULL, and
   * creating from a builder writes no rows. This is the one place that uses its transaction
   * directly.
   */
  private void create(DeltaLog log, TableContract contract, Dataset<Row> rows) {
    OptimisticTransaction transaction = log.startTransaction(Option.empty(), Option.empty());
    Metadata metadata =
        new Metadata(
            // Delta names a table by a UUID. This one is made of its place, so that a rebuild gives
            // the same bytes.
            java.util
                .UUID
                .nameUUIDFromBytes(
                    (contract.layer() + "/" + contract.table())
                        .getBytes(java.nio.charset.StandardCharsets.UTF_8))
                .toString(),
            contract.table(),
            contract.grain(),
            new Format("parquet", scala.collection.immutable.Map$.MODULE$.empty()),
            contract.schema().json(),
            CollectionConverters.asScala(List.<String>of()).toSeq(),
            scalaMap(properties(contract)),
            Option.apply(0L));
    transaction.updateMetadataForNewTable(metadata);
    List<Action> actions = new ArrayList<>();
    CollectionConverters.asJava(transaction.writeFiles(rows)).forEach(actions::add);
    Seq<Action> added = CollectionConverters.asScala(actions).toSeq();
    transaction.commit(
        added,
        new DeltaOperations.Write(
            SaveMode.Append,
            Option.empty(),
            Option.empty(),
            Option.apply(commitMetadata),
            Option.empty(),
            Option.empty(),
            Option.empty(),
            Option.empty(),
            Option.empty()));
  }

  private static scala.collection.immutable.Map<String, String> scalaMap(Map<String, String> map) {
    return scala.collection.immutable.Map.from(CollectionConverters.asScala(map));
  }

  private static Map<String, String> properties(TableContract contract) {
    Map<String, String> properties = new HashMap<>();
    properties.put("delta.logRetentionDuration", "interval 30 days");
    properties.put("delta.deletedFileRetentionDuration", "interval 30 days");
    if (contract.layer() == TableContract.Layer.KPI) {
      // Readers prune by grain, period and member, which come first; statistics of a hundred
      // figures cost more than computing them.
      properties.put("delta.dataSkippingNumIndexedCols", "6");
    }
    for (ColumnContract column : contract.columns()) {
      if (!column.codes().isEmpty()) {
        String codes =
            column.codes().stream().map(code -> "'" + code + "'").collect(Collectors.joining(", "));
        // To Delta a condition that is null is a condition that fails.
        properties.put(
            "delta.constraints." + column.name(),
            "`%1$s` IS NULL OR `%1$s` IN (%2$s)".formatted(column.name(), codes));
      }
    }
    return properties;
  }

  private static void requireColumns(TableContract contract, Dataset<Row> rows) {
    List<String> given = Arrays.asList(rows.columns());
    List<String> promised = contract.columns().stream().map(ColumnContract::name).toList();
    if (!given.equals(promised)) {
      throw new ContractViolation(
          "The rows for %s have the columns %s, its contract has %s. Change the code or the contract."
              .formatted(contract.table(), given, promised));
    }
  }
}
