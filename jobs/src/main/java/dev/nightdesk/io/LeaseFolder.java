package dev.nightdesk.io;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FSDataOutputStreamBuilder;
import org.apache.hadoop.fs.FileAlreadyExistsException;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/**
 * The small files of a lease, {@code <warehouse>/_lease}: each is created once and never changed,
 * because creation that refuses to overwrite is the one step that is atomic on every file system.
 */
public final class LeaseFolder {

  /** Makes S3 refuse an object that exists; other file systems do not look at it. */
  private static final String CONDITIONAL = "fs.option.create.conditional.overwrite";

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

  /** Creates a file; whether this call did, and no other process. */
  public boolean create(String name, String text) {
    Path path = new Path(folder, name);
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    try {
      return "file".equals(files.getScheme()) ? createHere(path, bytes) : createThere(path, bytes);
    } catch (IOException e) {
      throw unusable("written", e);
    }
  }

  /** Hadoop's local file system looks first and creates then: two processes could both succeed. */
  private static boolean createHere(Path path, byte[] bytes) throws IOException {
    java.nio.file.Path file = java.nio.file.Path.of(path.toUri().getPath());
    Files.createDirectories(file.getParent());
    try (OutputStream out = Files.newOutputStream(file, StandardOpenOption.CREATE_NEW)) {
      out.write(bytes);
      return true;
    } catch (java.nio.file.FileAlreadyExistsException e) {
      return false;
    }
  }

  private boolean createThere(Path path, byte[] bytes) throws IOException {
    FSDataOutputStreamBuilder<?, ?> file = files.createFile(path);
    file.recursive();
    file.overwrite(false);
    file.opt(CONDITIONAL, true);
    try (FSDataOutputStream out = file.build()) {
      out.write(bytes);
    } catch (FileAlreadyExistsException e) {
      return false;
    } catch (IOException e) {
      // A store that refuses at the end of the write says so in its own words.
      if (files.exists(path)) {
        return false;
      }
      throw e;
    }
    return true;
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
