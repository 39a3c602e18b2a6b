package dev.nightdesk.kpi;

import dev.nightdesk.contract.SqlParameters;
import dev.nightdesk.table.Night;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** The SQL of one topic over tables made by hand. */
final class SqlRun {

  private SqlRun() {}

  /** The SQL with the parameters of a night. */
  static String sql(Topic topic, Night night) {
    return SqlParameters.bind(topic.sqlFile(), topic.sql(), Contributions.parameters(night));
  }

  /** The rows of a query over tables by name. */
  static List<Row> rows(SparkSession spark, String sql, Map<String, Dataset<Row>> tables) {
    try {
      tables.forEach((name, rows) -> rows.createOrReplaceTempView(name));
      return spark.sql(sql).collectAsList();
    } finally {
      tables.keySet().forEach(spark.catalog()::dropTempView);
    }
  }
}
