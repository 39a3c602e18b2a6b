package dev.nightdesk.run;

import dev.nightdesk.io.StorageProbe;
import java.lang.management.ManagementFactory;
import java.time.Clock;
import org.apache.spark.sql.SparkSession;

/** A session over one configured warehouse, ended with the command. */
final class Workbench implements AutoCloseable {

  private final SparkSession spark;
  private final NightdeskConfig config;
  private final NightRun night;

  private Workbench(SparkSession spark, NightdeskConfig config) {
    this.spark = spark;
    this.config = config;
    this.night =
        new NightRun(spark, config, Clock.systemUTC())
            .startedAt(ManagementFactory.getRuntimeMXBean().getStartTime());
  }

  static Workbench open(NightdeskConfig config) {
    // Before Spark starts: a misspelt yardstick should not cost a minute.
    Kpis.of(config);
    SparkSession spark = Sessions.start("nightdesk", config.hadoop());
    StorageProbe.requireUsable(config.warehouse(), spark.sparkContext().hadoopConfiguration());
    return new Workbench(spark, config);
  }

  SparkSession spark() {
    return spark;
  }

  NightRun night() {
    return night;
  }

  PublishedWarehouse warehouse() {
    return night.warehouse();
  }

  Reports reports() {
    return new Reports(config, warehouse().published());
  }

  @Override
  public void close() {
    spark.stop();
  }
}
