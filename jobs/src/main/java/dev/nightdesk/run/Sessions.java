package dev.nightdesk.run;

import dev.nightdesk.io.FileSystemSettings;
import dev.nightdesk.io.OnePartition;
import dev.nightdesk.table.Layout;
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
    // A table's versions are those of its publications: cleaning up is none.
    settings.put("spark.databricks.delta.vacuum.logging.enabled", "false");
    settings.putAll(FileSystemSettings.all());
    // Instants are UTC everywhere; days are made by the reporting calendar, never by the session.
    settings.put("spark.sql.session.timeZone", "UTC");
    // 50 by default: the state of a table of some files is computed in 50 tasks, which takes
    // seconds a commit.
    settings.put("spark.databricks.delta.snapshotPartitions", "1");
    // 10,000 by default: dumps of a year are listed in a task a file, each of which unpacks all
    // settings of Hadoop first; that was a sixth of the time in which dumps were checked.
    settings.put("spark.sql.sources.parallelPartitionDiscovery.parallelism", "16");
    // A column that two tables spell differently is a mistake, not the same column.
    settings.put("spark.sql.caseSensitive", "true");
    // 128 groups by default; more, and every aggregate with a histogram falls back to sorting.
    settings.put("spark.sql.objectHashAggregate.sortBased.fallbackThreshold", "1000000");
    // Delta compiles how it gathers statistics, for every table anew beyond the usual 100 programs.
    settings.put("spark.sql.codegen.cache.maxEntries", "1000");
    // No session brings classes of its own: tasks need not ask for any.
    settings.put("spark.sql.artifact.isolation.enabled", "false");
    // Not said, it is looked up in the environment, for every column of every group of an
    // aggregate.
    settings.put("spark.sql.types.framework.enabled", "false");
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

  /**
   * A session on this machine; a master that spark-submit set is kept.
   *
   * @param hadoop settings of file systems, by Hadoop's names
   */
  static SparkSession start(String applicationName, Map<String, String> hadoop) {
    SparkSession.Builder builder = SparkSession.builder().appName(applicationName);
    settings().forEach(builder::config);
    hadoop.forEach((name, value) -> builder.config("spark.hadoop." + name, value));
    if (System.getProperty("spark.master") == null) {
      builder.master("local[*]");
      // One machine: no address of it needs to be reachable.
      builder
          .config("spark.driver.host", "127.0.0.1")
          .config("spark.driver.bindAddress", "127.0.0.1");
    }
    return builder.getOrCreate();
  }

  /** About what a shuffle task can sort in memory beside another one in the default heap. */
  private static final long BYTES_OF_A_TASK = 64L * 1024 * 1024;

  /**
   * Into so many files at least, if they are not tiny, goes a table that is laid out by day: a
   * night rewrites files, so the finer they are the less it writes besides its own rows.
   */
  private static final long RANGES = 64;

  /** Less than this is no task and no file of its own. */
  private static final String SMALL_RANGE = "2m";

  /**
   * Fits the session to the size of a night.
   *
   * @param size what the configuration says
   * @param bytes size of the dumps that the tables are made of, compressed as they are
   * @throws NightdeskException for the launcher, if the JVM does not fit it either
   */
  static void fit(SparkSession spark, NightSize size, long bytes) {
    size.requireFullCompilerFor(bytes);
    boolean isSmall = size.isSmall(bytes);
    // Generated code is compiled per query: a fifth of the time of a small night, for rows that an
    // interpreter is done with before the compiler has begun.
    spark.conf().set("spark.sql.codegen.wholeStage", !isSmall);
    spark.conf().set("spark.sql.codegen.factoryMode", isSmall ? "NO_CODEGEN" : "FALLBACK");
    OnePartition.use(spark, isSmall);
    // Not said, it is looked for in the stack for every operator of every plan.
    spark.sparkContext().setLocalProperty("callSite.short", "nightdesk");
    spark.sparkContext().setLocalProperty("callSite.long", "");
    // Where nothing is shuffled, a broadcast is only a job more.
    spark.conf().set("spark.sql.autoBroadcastJoinThreshold", isSmall ? "-1" : "10m");
    // Adaptive execution plans the rest of a query anew after every shuffle.
    spark.conf().set("spark.sql.adaptive.enabled", !isSmall);
    spark
        .conf()
        .set(
            "spark.sql.shuffle.partitions",
            isSmall ? 1 : Math.max(RANGES, bytes / BYTES_OF_A_TASK));
    spark.conf().set("spark.sql.adaptive.advisoryPartitionSizeInBytes", SMALL_RANGE);
  }

  /** Whether the session fits a small night, whose rows are few in every table. */
  static boolean isSmall(SparkSession spark) {
    return Layout.isOnePartition(spark);
  }
}
