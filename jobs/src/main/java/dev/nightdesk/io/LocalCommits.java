package dev.nightdesk.io;

import io.delta.storage.HDFSLogStore;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;

/**
 * Delta's log on a local disk, safe for several processes.
 *
 * <p>Delta's own looks whether a version exists and renames then: of two processes at once, both
 * are told that they wrote it, and one commit is lost. A hard link fails if its name is taken. What
 * may be written over (checksums of versions) is moved into place, which Delta's own does by way of
 * four processes {@code readlink}.
 */
public final class LocalCommits extends HDFSLogStore {

  /** Delta makes an object of this class, which nobody could hand anything. */
  private static final Checkpoints CHECKPOINTS = Checkpoints.found();

  public LocalCommits(Configuration hadoop) {
    super(hadoop);
  }

  @Override
  public void write(
      Path path, Iterator<String> actions, Boolean isOverwriting, Configuration hadoop)
      throws IOException {
    List<String> lines = new ArrayList<>();
    actions.forEachRemaining(lines::add);
    java.nio.file.Path written = local(createTempPath(path));
    Files.write(written, lines, StandardCharsets.UTF_8);
    if (isOverwriting) {
      Files.move(
          written,
          local(path),
          StandardCopyOption.ATOMIC_MOVE,
          StandardCopyOption.REPLACE_EXISTING);
      return;
    }
    CHECKPOINTS.at(Checkpoints.Point.IN_LOG);
    try {
      Files.createLink(local(path), written);
    } catch (FileAlreadyExistsException e) {
      throw e;
    } catch (UnsupportedOperationException | FileSystemException e) {
      // A disk without hard links: there the lease alone keeps others out.
      super.write(path, lines.iterator(), isOverwriting, hadoop);
    } finally {
      Files.delete(written);
    }
  }

  private static java.nio.file.Path local(Path path) {
    return java.nio.file.Path.of(path.toUri().getPath());
  }
}
