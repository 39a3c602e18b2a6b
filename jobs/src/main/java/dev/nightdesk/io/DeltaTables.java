package dev.nightdesk.io;

import dev.nightdesk.contract.ContractViolation;
import dev.nightdesk.contract.TableContract;
import java.util.List;
import java.util.function.Supplier;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.delta.actions.AddFile;

/**
 * The Delta tables of a warehouse, {@code <warehouse>/<layer>/<table>}, as they are committed.
 *
 * <p>No reader feature is enabled: every Delta reader can read them. NOT NULL and CHECK constraints
 * bind writers only.
 */
public final class DeltaTables {

  private final SparkSession spark;
  private final String root;

  /**
   * @param root the warehouse's URI
   */
  public DeltaTables(SparkSession spark, String root) {
    this.spark = spark;
    this.root = root.endsWith("/") ? root.substring(0, root.length() - 1) : root;
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
    return version(contract) >= 0;
  }

  /** The table's version: how often it was committed to, from 0; -1: never. */
  public long version(TableContract contract) {
    return log(contract).version();
  }

  /** The table's rows; no rows, but its columns, if it was never written. */
  public Dataset<Row> read(TableContract contract) {
    return read(contract, version(contract));
  }

  /**
   * The table's rows at a version; no rows, but its columns, at version -1.
   *
   * <p>The version is said even if it is the newest: rows without one are those of the newest
   * version when they are counted, and by then another night may have committed.
   */
  public Dataset<Row> read(TableContract contract, long version) {
    return version < 0
        ? spark.createDataFrame(List.of(), contract.schema())
        : spark.read().format("delta").option("versionAsOf", version).load(path(contract));
  }

  /**
   * The table's rows at a version as plain Parquet, from its files; no rows at version -1.
   *
   * <p>For plans that scan a table many times: Delta asks its log anew in a job of its own for
   * every scan, which took a seventh of a small night. It is the same rows, because no table has
   * deletion vectors, partitions or mapped columns.
   */
  public Dataset<Row> readFiles(TableContract contract, long version) {
    TableLog log = log(contract);
    return log.rows(log.files(version));
  }

  /** {@link #readFiles(TableContract, long)} of the version now. */
  public Dataset<Row> readFiles(TableContract contract) {
    return readFiles(contract, version(contract));
  }

  /**
   * Adds rows in one commit at once, for the tables that tell of runs; the first creates the table.
   *
   * @param sequence grows with every publication
   * @param commitMetadata JSON that the commit carries: run, logical date, version of the code
   * @throws ContractViolation if the rows' columns are not those of the contract
   */
  public Written append(
      TableContract contract, Dataset<Row> rows, long sequence, String commitMetadata) {
    TableLog log = log(contract);
    List<AddFile> added = log.write(rows);
    long version = log.commit(log.version(), added, List.of(), sequence, commitMetadata);
    return new Written(version, TableLog.rowCount(added));
  }

  /**
   * Adds rows in one commit, unless that was done for this publication before, perhaps by a process
   * that died since.
   *
   * @param rows asked for only if they are missing
   * @throws StaleBase if another process adds rows at the same moment
   */
  public void appendOnce(
      TableContract contract, Supplier<Dataset<Row>> rows, long sequence, String commitMetadata) {
    if (log(contract).sequence() < sequence) {
      append(contract, rows.get(), sequence, commitMetadata);
    }
  }

  TableLog log(TableContract contract) {
    return new TableLog(spark, path(contract), contract);
  }
}
