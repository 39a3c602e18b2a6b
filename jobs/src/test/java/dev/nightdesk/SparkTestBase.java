package dev.nightdesk;

import com.holdenkarau.spark.testing.JavaDatasetSuiteBase;
import dev.nightdesk.io.FileSystemSettings;
import dev.nightdesk.io.OnePartition;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.spark.SparkConf;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;

/**
 * The one bridge from JUnit 5 to spark-testing-base, whose own hooks are JUnit 4.
 *
 * <p>One session serves a run of JUnit, whose root store ends it: in Maven's two JVMs that is a
 * class.
 */
@ExtendWith(SparkTestBase.OneSession.class)
public abstract class SparkTestBase {

  private static Bridge bridge;

  /** The session of the tests. */
  protected static SparkSession spark() {
    return bridge.spark();
  }

  /** A data frame of rows, each a value per column of a DDL schema. */
  protected static Dataset<Row> rows(String ddl, Row... rows) {
    return rows(StructType.fromDDL(ddl), rows);
  }

  /** A data frame of rows, each a value per column. */
  protected static Dataset<Row> rows(StructType schema, Row... rows) {
    return spark().createDataFrame(List.of(rows), schema);
  }

  /**
   * Asserts that two data frames hold the same rows, whatever their order, repeats counted.
   *
   * <p>The library compares by position, so both sides are ordered by their text first.
   */
  protected static void assertSameRows(Dataset<Row> expected, Dataset<Row> actual) {
    StructType schema = expected.schema();
    bridge.assertDataFrameEquals(ordered(expected, schema), ordered(actual, schema));
  }

  private static Dataset<Row> ordered(Dataset<Row> rows, StructType schema) {
    List<Row> collected = new ArrayList<>(rows.collectAsList());
    collected.sort((a, b) -> a.toString().compareTo(b.toString()));
    return spark()
        .createDataFrame(
            collected, rows.columns().length == schema.length() ? schema : rows.schema());
  }

  /** Starts the session before the first class that needs it. */
  static final class OneSession implements BeforeAllCallback {

    @Override
    public void beforeAll(ExtensionContext context) {
      context
          .getRoot()
          .getStore(Namespace.GLOBAL)
          .getOrComputeIfAbsent(
              Bridge.class,
              key -> {
                bridge = new Bridge();
                bridge.runBefore();
                bridge.spark().sparkContext().setLogLevel("ERROR");
                OnePartition.use(bridge.spark(), true);
                return (AutoCloseable) Bridge::runAfterClass;
              });
    }
  }

  /** spark-testing-base with the settings of this project. */
  private static final class Bridge extends JavaDatasetSuiteBase implements Serializable {

    private static final long serialVersionUID = 1L;

    @Override
    public boolean enableHiveSupport() {
      return false;
    }

    @Override
    public SparkConf conf() {
      SparkConf conf = super.conf();
      Map.ofEntries(
              Map.entry("spark.master", "local[2]"),
              Map.entry("spark.ui.enabled", "false"),
              // As for a small night: compiling queries over three rows is most of their time.
              Map.entry("spark.sql.codegen.wholeStage", "false"),
              Map.entry("spark.sql.codegen.factoryMode", "NO_CODEGEN"),
              Map.entry("spark.sql.adaptive.enabled", "false"),
              Map.entry("spark.sql.shuffle.partitions", "1"),
              Map.entry("spark.sql.autoBroadcastJoinThreshold", "-1"),
              Map.entry("spark.sql.session.timeZone", "UTC"),
              // The text of every plan is made, though nobody reads it.
              Map.entry("spark.sql.ui.explainMode", "simple"),
              Map.entry("spark.sql.maxPlanStringLength", "10000"),
              Map.entry("spark.sql.debug.maxToStringFields", "10"),
              // Every sort and every hash table begins with a page; the usual one is 64 MB.
              Map.entry("spark.buffer.pageSize", "1m"),
              // Delta compiles how it gathers statistics, for every table anew beyond 100 programs.
              Map.entry("spark.sql.codegen.cache.maxEntries", "2000"),
              // Not said, it is looked up in the environment, for every column of every group.
              Map.entry("spark.sql.types.framework.enabled", "false"),
              // No session brings classes: tasks need not ask for any.
              Map.entry("spark.sql.artifact.isolation.enabled", "false"),
              Map.entry("spark.sql.objectHashAggregate.sortBased.fallbackThreshold", "1000000"),
              Map.entry("spark.sql.extensions", "io.delta.sql.DeltaSparkSessionExtension"),
              Map.entry(
                  "spark.sql.catalog.spark_catalog",
                  "org.apache.spark.sql.delta.catalog.DeltaCatalog"),
              Map.entry("spark.databricks.delta.snapshotPartitions", "1"),
              Map.entry("spark.sql.sources.parallelPartitionDiscovery.parallelism", "2"))
          .forEach(conf::set);
      FileSystemSettings.all().forEach(conf::set);
      return conf;
    }
  }
}
