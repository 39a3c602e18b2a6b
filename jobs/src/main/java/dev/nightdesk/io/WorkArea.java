package dev.nightdesk.io;

import java.io.IOException;
import java.io.UncheckedIOException;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * Rows between two steps of a night, {@code <warehouse>/work/<name>}, as plain Parquet: computed
 * once, read by many tables.
 */
public final class WorkArea {

  private final SparkSession spark;
  private final String root;

  public WorkArea(SparkSession spark, String warehouse) {
    this.spark = spark;
    this.root = warehouse + "/work";
  }

  /** Computes rows now, and gives them back as read from where they were written. */
  public Dataset<Row> materialise(String name, Dataset<Row> rows) {
    String path = root + "/" + name;
    rows.write().mode("overwrite").parquet(path);
    return spark.read().schema(rows.schema()).parquet(path);
  }

  /** Deletes everything of the work area. */
  public void clear() {
    Path path = new Path(root);
    try {
      path.getFileSystem(spark.sparkContext().hadoopConfiguration()).delete(path, true);
    } catch (IOException e) {
      throw new UncheckedIOException(
          "The work area %s cannot be deleted: %s".formatted(root, e.getMessage()), e);
    }
  }
}
