package dev.nightdesk.io;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * What a night keeps between its steps, {@code <warehouse>/work/<night>}: rows as plain Parquet,
 * computed once and read by many tables, and small texts.
 */
public final class WorkArea {

  private final SparkSession spark;
  private final Path root;

  /**
   * @param warehouse URI of the warehouse
   * @param night name of the night
   */
  public WorkArea(SparkSession spark, String warehouse, String night) {
    this.spark = spark;
    this.root = new Path(warehouse + "/work", night);
  }

  /** The nights that have a work area, sorted. */
  public static List<String> nights(SparkSession spark, String warehouse) {
    Path work = new Path(warehouse + "/work");
    List<String> nights = new ArrayList<>();
    for (FileStatus child : children(spark, work)) {
      nights.add(child.getPath().getName());
    }
    nights.sort(null);
    return nights;
  }

  /** Computes rows now, and gives them back as read from where they were written. */
  public Dataset<Row> materialise(String name, Dataset<Row> rows) {
    String path = new Path(root, name).toString();
    rows.write().mode("overwrite").parquet(path);
    return spark.read().schema(rows.schema()).parquet(path);
  }

  /** Rows that an earlier step materialised. */
  public Dataset<Row> read(String name) {
    return spark.read().parquet(new Path(root, name).toString());
  }

  /**
   * Writes the next version of a text. A version that was not written to its end is no version, so
   * that a reader always finds a whole one.
   */
  public void writeText(String name, String text) {
    List<FileStatus> versions = versions(name);
    long next = versions.isEmpty() ? 1 : number(name, versions.get(0)) + 1;
    Path path = new Path(root, "%s-%06d".formatted(name, next));
    try (OutputStream stream = files().create(path, true)) {
      stream.write(text.getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw failure("written", path, e);
    }
    for (FileStatus older : versions) {
      delete(older.getPath());
    }
  }

  /**
   * What the newest whole version of a text says; null if there is none.
   *
   * @param parse throws a RuntimeException for a text that was not written to its end
   */
  public <T> T readText(String name, Function<String, T> parse) {
    for (FileStatus version : versions(name)) {
      try (var stream = files().open(version.getPath())) {
        return parse.apply(new String(stream.readAllBytes(), StandardCharsets.UTF_8));
      } catch (IOException | RuntimeException unfinished) {
        // A process died while it wrote this one: the version before it counts.
        continue;
      }
    }
    return null;
  }

  /** Newest first. */
  private List<FileStatus> versions(String name) {
    List<FileStatus> versions = new ArrayList<>();
    for (FileStatus child : children(spark, root)) {
      if (child.isFile() && child.getPath().getName().matches(name + "-\\d+")) {
        versions.add(child);
      }
    }
    versions.sort((a, b) -> Long.compare(number(name, b), number(name, a)));
    return versions;
  }

  private static long number(String name, FileStatus file) {
    return Long.parseLong(file.getPath().getName().substring(name.length() + 1));
  }

  /** Deletes everything of the night. */
  public void clear() {
    delete(root);
  }

  private void delete(Path path) {
    try {
      files().delete(path, true);
    } catch (IOException e) {
      throw failure("deleted", path, e);
    }
  }

  private FileSystem files() throws IOException {
    return root.getFileSystem(spark.sparkContext().hadoopConfiguration());
  }

  private static FileStatus[] children(SparkSession spark, Path folder) {
    try {
      return folder.getFileSystem(spark.sparkContext().hadoopConfiguration()).listStatus(folder);
    } catch (FileNotFoundException absent) {
      return new FileStatus[0];
    } catch (IOException e) {
      throw failure("listed", folder, e);
    }
  }

  private static UncheckedIOException failure(String what, Path path, IOException e) {
    return new UncheckedIOException(
        "The work area %s cannot be %s: %s".formatted(path, what, e.getMessage()), e);
  }
}
