package dev.nightdesk.run;

import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.spark.sql.SparkSession;

/** The Spark settings of the job, in one place, each with its reason. */
final class Sessions {

  private Sessions() {}

  private static Map<String, String> settings() {
    Map<String, String> settings = new LinkedHashMap<>();
    settings.put("spark.sql.extensions", "io.delta.sql.DeltaSparkSessionExtension");
    settings.put(
        "spark.sql.catalog.spark_catalog", "org.apache.spark.sql.delta.catalog.DeltaCatalog");
    // Instants are UTC everywhere; days are made by the reporting calendar, never by the session.
    settings.put("spark.sql.session.timeZone", "UTC");
    // Delta 4.4's SQL parser drops the parameters of Spark 4.2's new substitution: the analyser
    // binds
    // them as before.
    settings.put("spark.sql.legacy.parameterSubstitution.constantsOnly", "true");
    // 50 by default: the state of a table of some files is computed in 50 tasks, which takes
    // seconds a commit.
    settings.put("spark.databricks.delta.snapshotPartitions", "1");
    // A column that two tables spell differently is a mistake, not the same column.
    settings.put("spark.sql.caseSensitive", "true");
    // 128 groups by default; more, and every aggregate with a histogram falls back to sorting.
    settings.put("spark.sql.objectHashAggregate.sortBased.fallbackThreshold", "1000000");
    // Small nights: the fixed cost of a task is larger than its work. Adaptive execution coalesces
    // the rest.
    settings.put("spark.sql.shuffle.partitions", "8");
    settings.put("spark.ui.enabled", "false");
    settings.put("spark.sql.ui.retainedExecutions", "1");
    settings.put("spark.ui.retainedJobs", "1");
    // Plans of a hundred KPI columns: their text is never read, and costs seconds.
    settings.put("spark.sql.maxPlanStringLength", "10000");
    settings.put("spark.sql.debug.maxToStringFields", "10");
    // Otherwise every write spends a second on summary files or on markers that nobody reads.
    settings.put("spark.hadoop.mapreduce.fileoutputcommitter.marksuccessfuljobs", "false");
    return settings;
  }

  /** A session on this machine; a master that spark-submit set is kept. */
  static SparkSession start(String applicationName) {
    SparkSession.Builder builder = SparkSession.builder().appName(applicationName);
    settings().forEach(builder::config);
    if (System.getProperty("spark.master") == null) {
      builder.master("local[*]");
      // One machine: no address of it needs to be reachable.
      builder
          .config("spark.driver.host", "127.0.0.1")
          .config("spark.driver.bindAddress", "127.0.0.1");
    }
    return builder.getOrCreate();
  }
}
