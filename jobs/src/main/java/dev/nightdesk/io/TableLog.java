package dev.nightdesk.io;

import dev.nightdesk.contract.ColumnContract;
import dev.nightdesk.contract.ContractViolation;
import dev.nightdesk.contract.TableContract;
import dev.nightdesk.table.Layout;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.ConcurrentModificationException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SaveMode;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.delta.DeltaLog;
import org.apache.spark.sql.delta.DeltaOperations;
import org.apache.spark.sql.delta.OptimisticTransaction;
import org.apache.spark.sql.delta.Snapshot;
import org.apache.spark.sql.delta.actions.Action;
import org.apache.spark.sql.delta.actions.Action$;
import org.apache.spark.sql.delta.actions.AddFile;
import org.apache.spark.sql.delta.actions.CommitInfo;
import org.apache.spark.sql.delta.actions.FileAction;
import org.apache.spark.sql.delta.actions.Format;
import org.apache.spark.sql.delta.actions.Metadata;
import org.apache.spark.sql.delta.actions.SetTransaction;
import scala.Option;
import scala.collection.immutable.Seq;
import scala.jdk.javaapi.CollectionConverters;

/**
 * One Delta table, below Delta's public interface: data files are written first and committed
 * later, perhaps by another process, which the public interface cannot do.
 *
 * <p>This is the only class that uses Delta's transactions directly.
 */
final class TableLog {

  /** Every commit of ours says this name, so that of two at once Delta refuses the second. */
  private static final String APPLICATION = "nightdesk";

  private final SparkSession spark;
  private final String path;
  private final TableContract contract;
  private final DeltaLog log;

  TableLog(SparkSession spark, String path, TableContract contract) {
    this.spark = spark;
    this.path = path;
    this.contract = contract;
    this.log = DeltaLog.forTable(spark, path);
  }

  /** The version now; -1 if the table was never committed to. */
  long version() {
    return latest().version();
  }

  private Snapshot latest() {
    return log.update(false, Option.empty(), Option.empty());
  }

  private Snapshot at(long version) {
    Snapshot latest = latest();
    return latest.version() == version
        ? latest
        : log.getSnapshotAt(version, Option.empty(), Option.empty(), false);
  }

  /**
   * The data files of a version: of few files Delta lists them beside the commit, of more the log
   * is replayed in a job.
   */
  List<AddFile> files(long version) {
    if (version < 0) {
      return List.of();
    }
    Snapshot snapshot = at(version);
    if (snapshot.checksumOpt().isDefined() && snapshot.checksumOpt().get().allFiles().isDefined()) {
      return List.copyOf(
          CollectionConverters.asJava(snapshot.checksumOpt().get().allFiles().get()));
    }
    return snapshot.allFiles().collectAsList();
  }

  /** Rows of data files as plain Parquet, in the columns of the contract. */
  Dataset<Row> rows(List<AddFile> files) {
    if (files.isEmpty()) {
      return spark.createDataFrame(List.of(), contract.schema());
    }
    List<FileStatus> listed =
        files.stream()
            .sorted(Comparator.comparing(AddFile::path))
            .map(
                file ->
                    ListedFiles.file(file.absolutePath(log), file.size(), file.modificationTime()))
            .toList();
    return new ListedFiles(listed).rows(spark, contract.schema());
  }

  /** The data files of a version that may hold rows of a condition, by Delta's statistics. */
  Dataset<Row> rows(long version, Column condition) {
    return version < 0
        ? spark.createDataFrame(List.of(), contract.schema())
        : spark.read().format("delta").option("versionAsOf", version).load(path).filter(condition);
  }

  /**
   * Writes rows into the table's folder without a commit: no reader sees them.
   *
   * @throws ContractViolation if the rows' columns are not those of the contract
   */
  List<AddFile> write(Dataset<Row> rows) {
    return writeAsOrdered(
        contract.layout().isEmpty() ? rows : Layout.inOrder(rows, contract.layout()));
  }

  /**
   * The same in one file: to find ranges, rows are computed twice and shuffled, which is too much
   * for few. One task writes them.
   */
  List<AddFile> writeInOneFile(Dataset<Row> rows) {
    Dataset<Row> together = rows.coalesce(1);
    Column[] layout =
        contract.layout().stream().map(name -> together.col(name)).toArray(Column[]::new);
    return writeAsOrdered(layout.length == 0 ? together : together.sortWithinPartitions(layout));
  }

  /** The same, with the rows in the files and the order that they have. */
  List<AddFile> writeAsOrdered(Dataset<Row> rows) {
    requireColumns(rows);
    OptimisticTransaction transaction = log.startTransaction(Option.empty(), Option.empty());
    adoptContract(transaction);
    List<AddFile> added = new ArrayList<>();
    for (FileAction action : CollectionConverters.asJava(transaction.writeFiles(rows))) {
      if (action instanceof AddFile file && rowCount(List.of(file)) > 0) {
        added.add(file);
      }
    }
    return added;
  }

  /**
   * Commits files, all or nothing.
   *
   * @param base the version that the change was made for; -1 for a table that is born
   * @param sequence grows with every publication
   * @param commitMetadata JSON that the commit carries
   * @return the new version
   * @throws StaleBase if the table is at another version
   */
  long commit(
      long base,
      List<? extends Action> added,
      List<? extends Action> removed,
      long sequence,
      String commitMetadata) {
    return commit(base, added, removed, "", sequence, commitMetadata);
  }

  /**
   * Commits files, and columns and properties, all or nothing.
   *
   * @param metadata what {@link #metadata(long)} gives; empty: that of the contract
   * @throws StaleBase if the table is at another version, also if another process commits at the
   *     same moment
   */
  long commit(
      long base,
      List<? extends Action> added,
      List<? extends Action> removed,
      String metadata,
      long sequence,
      String commitMetadata) {
    OptimisticTransaction transaction = log.startTransaction(Option.empty(), Option.empty());
    if (transaction.snapshot().version() != base) {
      throw new StaleBase(contract.table(), base, transaction.snapshot().version());
    }
    // Read and written, so that another commit of ours in between is a conflict.
    transaction.txnVersion(APPLICATION);
    if (metadata.isEmpty()) {
      adoptContract(transaction);
    } else {
      transaction.updateMetadata((Metadata) Action$.MODULE$.fromJson(metadata), false);
    }
    List<Action> actions = new ArrayList<>();
    actions.add(new SetTransaction(APPLICATION, sequence, Option.empty()));
    actions.addAll(removed);
    actions.addAll(added);
    DeltaOperations.Write operation =
        new DeltaOperations.Write(
            removed.isEmpty() ? SaveMode.Append : SaveMode.Overwrite,
            Option.empty(),
            Option.empty(),
            Option.apply(commitMetadata),
            Option.empty(),
            Option.empty(),
            Option.empty(),
            Option.empty(),
            Option.empty());
    try {
      return transaction.commit(CollectionConverters.asScala(actions).toSeq(), operation);
    } catch (ConcurrentModificationException e) {
      throw new StaleBase(contract.table(), base, version());
    }
  }

  /** The sequence of our last commit; -1 if there is none. */
  long sequence() {
    return log.startTransaction(Option.empty(), Option.empty()).txnVersion(APPLICATION);
  }

  /** Columns and properties of a version, as Delta writes them in its log (JSON). */
  String metadata(long version) {
    return at(version).metadata().json();
  }

  /**
   * Names of the files that lie in the table's folder, committed or not, with the time at which
   * they were written, in milliseconds since 1970.
   */
  Map<String, Long> present() {
    try {
      Path folder = new Path(path);
      FileSystem files = folder.getFileSystem(spark.sparkContext().hadoopConfiguration());
      Map<String, Long> names = new HashMap<>();
      for (FileStatus file : files.listStatus(folder)) {
        if (file.isFile()) {
          names.put(file.getPath().getName(), file.getModificationTime());
        }
      }
      return names;
    } catch (FileNotFoundException e) {
      return Map.of();
    } catch (IOException e) {
      throw new UncheckedIOException(
          "The table %s cannot be listed: %s".formatted(path, e.getMessage()), e);
    }
  }

  /** The JSON that a version's commit carries; empty if it has none. */
  String commitMetadata(long version) {
    scala.collection.Iterator<scala.Tuple2<Object, Seq<Action>>> changes =
        log.getChanges(version, Option.empty(), false);
    while (changes.hasNext()) {
      scala.Tuple2<Object, Seq<Action>> change = changes.next();
      if (((Number) change._1()).longValue() == version) {
        for (Action action : CollectionConverters.asJava(change._2())) {
          if (action instanceof CommitInfo info && info.userMetadata().isDefined()) {
            return info.userMetadata().get();
          }
        }
      }
    }
    return "";
  }

  /** Rows of files: Delta knows them, no job counts. */
  static long rowCount(List<AddFile> files) {
    long rows = 0;
    for (AddFile file : files) {
      if (file.numLogicalRecords().isDefined()) {
        rows += ((Number) file.numLogicalRecords().get()).longValue();
      }
    }
    return rows;
  }

  /** A table is born with its contract; a contract that has changed since comes with the commit. */
  private void adoptContract(OptimisticTransaction transaction) {
    Metadata current = transaction.metadata();
    if (transaction.snapshot().version() < 0) {
      transaction.updateMetadataForNewTable(metadata());
    } else if (!current.schemaString().equals(contract.schema().json())
        || !CollectionConverters.asJava(current.configuration()).equals(properties())) {
      transaction.updateMetadata(
          current.copy(
              current.id(),
              current.name(),
              contract.grain(),
              current.format(),
              contract.schema().json(),
              current.partitionColumns(),
              scalaMap(properties()),
              current.createdTime()),
          false);
    }
  }

  private Metadata metadata() {
    return new Metadata(
        // Delta names a table by a UUID. This one is made of its place, so that a rebuild gives the
        // same bytes.
        UUID.nameUUIDFromBytes(
                (contract.layer() + "/" + contract.table()).getBytes(StandardCharsets.UTF_8))
            .toString(),
        contract.table(),
        contract.grain(),
        new Format("parquet", scala.collection.immutable.Map$.MODULE$.empty()),
        contract.schema().json(),
        CollectionConverters.asScala(List.<String>of()).toSeq(),
        scalaMap(properties()),
        Option.apply(0L));
  }

  private static scala.collection.immutable.Map<String, String> scalaMap(Map<String, String> map) {
    return scala.collection.immutable.Map.from(CollectionConverters.asScala(map));
  }

  private Map<String, String> properties() {
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

  private void requireColumns(Dataset<Row> rows) {
    List<String> given = Arrays.asList(rows.columns());
    List<String> promised = contract.columns().stream().map(ColumnContract::name).toList();
    if (!given.equals(promised)) {
      throw new ContractViolation(
          "The rows for %s have the columns %s, its contract has %s. Change the code or the contract."
              .formatted(contract.table(), given, promised));
    }
  }
}
