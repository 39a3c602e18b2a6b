package dev.nightdesk.io;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/** The raw area: {@code <raw>/<source>/<entity>/dt=YYYY-MM-DD/*}. It is never written to. */
public final class RawArea {

  private static final String DATE_PREFIX = "dt=";

  private final Path root;
  private final FileSystem files;

  /**
   * The raw area at a URI of any Hadoop file system.
   *
   * @throws UncheckedIOException if the file system cannot be reached
   */
  public RawArea(String uri, Configuration hadoop) {
    try {
      this.files = new Path(uri).getFileSystem(hadoop);
      this.root = files.makeQualified(new Path(uri));
    } catch (IOException e) {
      throw new UncheckedIOException(
          "The raw area %s cannot be reached: %s".formatted(uri, e.getMessage()), e);
    }
  }

  /** Where the area lies. */
  public String uri() {
    return root.toString();
  }

  /**
   * The files of an entity up to a date, by date and name. Files whose name begins with {@code _}
   * or {@code .} are the writers' own and left out.
   *
   * @param folderName the folder of the entity's files below that of the source
   * @param last the last date; null for all
   */
  public List<RawFile> list(String source, String entity, String folderName, LocalDate last) {
    Path folder = new Path(new Path(root, source), folderName);
    List<RawFile> found = new ArrayList<>();
    try {
      for (FileStatus dateFolder : children(folder)) {
        String name = dateFolder.getPath().getName();
        if (!dateFolder.isDirectory() || !name.startsWith(DATE_PREFIX)) {
          continue;
        }
        LocalDate date = date(dateFolder.getPath());
        if (last != null && date.isAfter(last)) {
          continue;
        }
        for (FileStatus file : children(dateFolder.getPath())) {
          String fileName = file.getPath().getName();
          if (file.isFile() && !fileName.startsWith("_") && !fileName.startsWith(".")) {
            found.add(
                new RawFile(
                    source,
                    entity,
                    date,
                    file.getPath().toString(),
                    source + "/" + folderName + "/" + name + "/" + fileName,
                    file.getLen(),
                    file.getModificationTime()));
          }
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(
          "The raw area %s cannot be listed: %s".formatted(folder, e.getMessage()), e);
    }
    found.sort((a, b) -> a.path().compareTo(b.path()));
    return found;
  }

  /**
   * The name of a file's content: the same path with the same bytes, read for the same entity, has
   * the same id on every machine.
   */
  public String fileId(RawFile file) {
    try (InputStream stream = files.open(new Path(file.uri()))) {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      digest.update(file.path().getBytes(UTF_8));
      if (!file.path().startsWith(file.source() + "/" + file.entity() + "/")) {
        digest.update(file.entity().getBytes(UTF_8));
      }
      byte[] buffer = new byte[1 << 16];
      for (int read = stream.read(buffer); read >= 0; read = stream.read(buffer)) {
        digest.update(buffer, 0, read);
      }
      return HexFormat.of().formatHex(digest.digest(), 0, 16);
    } catch (IOException e) {
      throw new UnreadableDump(file.path(), e.getMessage());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java platform has SHA-256", e);
    }
  }

  private FileStatus[] children(Path folder) throws IOException {
    try {
      return files.listStatus(folder);
    } catch (FileNotFoundException absent) {
      return new FileStatus[0];
    }
  }

  private static LocalDate date(Path folder) {
    try {
      return LocalDate.parse(folder.getName().substring(DATE_PREFIX.length()));
    } catch (DateTimeException e) {
      throw new UnreadableDump(
          folder.toString(), "its name is no date; folders are named dt=YYYY-MM-DD");
    }
  }
}
