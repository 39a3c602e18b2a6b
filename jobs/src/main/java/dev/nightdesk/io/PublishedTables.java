package dev.nightdesk.io;

import dev.nightdesk.contract.TableContract;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** The tables of one publication, whatever a night is committing meanwhile. */
public final class PublishedTables {

  private final SparkSession spark;
  private final DeltaTables tables;
  private final Map<String, Long> versions;

  /**
   * @param versions Delta version of every published table; tables that are not named there tell of
   *     runs and are read as they are
   */
  public PublishedTables(SparkSession spark, DeltaTables tables, Map<String, Long> versions) {
    this.spark = spark;
    this.tables = tables;
    this.versions = Map.copyOf(versions);
  }

  /** The rows of a table; one that was never written has no rows. */
  public Dataset<Row> read(TableContract contract) {
    Long version = versions.get(contract.table());
    return version == null ? tables.read(contract) : tables.read(contract, version);
  }

  /** Names tables in the session by their bare names, for {@link #query}. */
  public void name(List<TableContract> contracts) {
    for (TableContract contract : contracts) {
      read(contract).createOrReplaceTempView(contract.table());
    }
  }

  /**
   * The answer to a query over named tables.
   *
   * @throws org.apache.spark.sql.AnalysisException if it is no query over these tables
   */
  public Dataset<Row> query(String sql) {
    return spark.sql(sql);
  }
}
