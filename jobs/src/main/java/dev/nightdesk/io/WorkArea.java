package dev.nightdesk.io;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * What a night keeps between its steps, {@code <warehouse>/work/<name>}: rows as plain Parquet,
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
   *
   * @param epoch of the lease: what a process writes that was frozen and taken over stands behind
   *     what its successor has written
   */
  public void writeText(String name, long epoch, String text) {
    List<FileStatus> versions = versions(name);
    long next = versions.isEmpty() ? 1 : number(versions.get(0)) + 1;
    Path path = new Path(root, "%s-%018d-%06d".formatted(name, epoch, next));
    try (OutputStream stream = files().create(path, true)) {
      stream.write(text.getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw failure("written", path, e);
    }
    for (FileStatus other : versions) {
      if (other.getPath().getName().compareTo(path.getName()) < 0) {
        delete(other.getPath());
      }
    }
  }

  /**
   * What the newest whole version of a text says; null if there is none.
   *
   * @param parse throws a RuntimeException for a text that was not written to its end
   */
  public <T> T readText(String name, Function<String, T> parse) {
    for (FileStatus version : versions(name)) {
      String text;
      try (var stream = files().open(version.getPath())) {
        text = new String(stream.readAllBytes(), StandardCharsets.UTF_8);
      } catch (IOException e) {
        // It may be whole: whoever took it for missing could throw a night away that is half
        // published.
        throw failure("read", version.getPath(), e);
      }
      try {
        return parse.apply(text);
      } catch (RuntimeException unfinished) {
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
      if (child.isFile() && child.getPath().getName().matches(name + "-\\d{18}-\\d{6}")) {
        versions.add(child);
      }
    }
    versions.sort(Comparator.comparing((FileStatus file) -> file.getPath().getName()).reversed());
    return versions;
  }

  private static long number(FileStatus file) {
    String name = file.getPath().getName();
    return Long.parseLong(name.substring(name.lastIndexOf('-') + 1));
  }

  /** Deletes everything of the night; first its texts, so that nobody goes on with half of it. */
  public void clear() {
    for (FileStatus child : children(spark, root)) {
      if (child.isFile()) {
        delete(child.getPath());
      }
    }
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
