package dev.nightdesk.io;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/**
 * The small files of a lease, {@code <warehouse>/_lease}: each is created once and never changed,
 * because creation that refuses to overwrite is the one step that is atomic on every file system.
 */
public final class LeaseFolder {

  private final Path folder;
  private final FileSystem files;

  public LeaseFolder(String warehouse, Configuration hadoop) {
    this.folder = new Path(warehouse, "_lease");
    try {
      this.files = folder.getFileSystem(hadoop);
    } catch (IOException e) {
      throw unusable("reached", e);
    }
  }

  /**
   * A file of the folder.
   *
   * @param modifiedAtMillis milliseconds since 1970, by the clock of the file system
   */
  public record Entry(String name, long modifiedAtMillis) {}

  /** Every file there is; none if the folder was never made. */
  public List<Entry> list() {
    try {
      List<Entry> entries = new ArrayList<>();
      for (FileStatus file : files.listStatus(folder)) {
        entries.add(new Entry(file.getPath().getName(), file.getModificationTime()));
      }
      return entries;
    } catch (FileNotFoundException e) {
      return List.of();
    } catch (IOException e) {
      throw unusable("listed", e);
    }
  }

  /**
   * Creates a file; whether this call did, and no other process.
   *
   * @param text what no other process would write
   */
  public boolean create(String name, String text) {
    try {
      return NewFile.create(
          new Path(folder, name), text.getBytes(StandardCharsets.UTF_8), files.getConf());
    } catch (IOException e) {
      throw unusable("written", e);
    }
  }

  /**
   * Whether the store refuses to create a file that exists, which is tried: without that two runs
   * could write at once, and each would believe that it is alone. A local disk is known to.
   *
   * @param runId what no other run has
   */
  public boolean createsOnce(String runId) {
    if ("file".equals(files.getScheme())) {
      return true;
    }
    String name = "probe-" + runId;
    try {
      return create(name, "first " + runId) && !create(name, "second " + runId);
    } finally {
      delete(name);
    }
  }

  /** A file's text; empty if it is gone. */
  public Optional<String> text(String name) {
    try (FSDataInputStream in = files.open(new Path(folder, name))) {
      return Optional.of(new String(in.readAllBytes(), StandardCharsets.UTF_8));
    } catch (FileNotFoundException e) {
      return Optional.empty();
    } catch (IOException e) {
      throw unusable("read", e);
    }
  }

  /** Deletes a file; nothing if it is gone. */
  public void delete(String name) {
    try {
      files.delete(new Path(folder, name), false);
    } catch (IOException e) {
      throw unusable("cleared", e);
    }
  }

  @Override
  public String toString() {
    return folder.toString();
  }

  private UncheckedIOException unusable(String what, IOException e) {
    return new UncheckedIOException(
        "The lease %s cannot be %s: %s".formatted(folder, what, e.getMessage()), e);
  }
}
