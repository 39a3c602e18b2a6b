package dev.nightdesk.io;

import dev.nightdesk.contract.TableContract;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** The tables of a warehouse by their bare names, for questions in SQL. */
public final class PublishedTables {

  private final SparkSession spark;

  /** Names the contracts' tables; one that was never written has no rows. */
  public PublishedTables(SparkSession spark, DeltaTables tables, List<TableContract> contracts) {
    this.spark = spark;
    for (TableContract contract : contracts) {
      tables.read(contract).createOrReplaceTempView(contract.table());
    }
  }

  /**
   * The answer to a query.
   *
   * @throws org.apache.spark.sql.AnalysisException if it is no query over these tables
   */
  public Dataset<Row> query(String sql) {
    return spark.sql(sql);
  }
}
