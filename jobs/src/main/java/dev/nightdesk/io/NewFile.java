package dev.nightdesk.io;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FSDataOutputStreamBuilder;
import org.apache.hadoop.fs.FileAlreadyExistsException;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/**
 * A file that is created whole and once: of several writers one succeeds, on every file system. It
 * is the one step that all of them can do at once and for good, so locks and logs are made of it.
 */
final class NewFile {

  /** Makes S3 refuse an object that exists; other file systems do not look at it. */
  private static final String CONDITIONAL = "fs.option.create.conditional.overwrite";

  private NewFile() {}

  /**
   * Creates a file.
   *
   * @param bytes its content, which no other writer would write: a store can carry out a request
   *     and lose the answer, and then only the content tells whose file it is
   * @return whether the file is of this writer
   */
  static boolean create(Path path, byte[] bytes, Configuration hadoop) throws IOException {
    FileSystem files = path.getFileSystem(hadoop);
    return "file".equals(files.getScheme())
        ? createHere(path, bytes)
        : createThere(files, path, bytes);
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

  private static boolean createThere(FileSystem files, Path path, byte[] bytes) throws IOException {
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
        return holds(files, path, bytes);
      }
      throw e;
    }
    return true;
  }

  private static boolean holds(FileSystem files, Path path, byte[] bytes) throws IOException {
    try (FSDataInputStream in = files.open(path)) {
      return Arrays.equals(in.readAllBytes(), bytes);
    }
  }
}
