package dev.nightdesk.io;

import io.delta.storage.HadoopFileSystemLogStore;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.util.Iterator;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.Path;

/**
 * Delta's log on S3, safe for several processes.
 *
 * <p>Delta's own looks whether a version exists and writes then, with a lock that ends at the
 * process: of two processes at once, both are told that they wrote it, and one commit is lost. Here
 * the store itself refuses a second object of a name. A commit names its transaction, so that its
 * content is its writer's alone.
 */
public final class ObjectCommits extends HadoopFileSystemLogStore {

  /** Made by Delta, from the class's name. */
  public ObjectCommits(Configuration hadoop) {
    super(hadoop);
  }

  @Override
  public void write(
      Path path, Iterator<String> actions, Boolean isOverwriting, Configuration hadoop)
      throws IOException {
    StringBuilder text = new StringBuilder();
    actions.forEachRemaining(line -> text.append(line).append('\n'));
    byte[] bytes = text.toString().getBytes(StandardCharsets.UTF_8);
    if (isOverwriting) {
      try (FSDataOutputStream out = path.getFileSystem(hadoop).create(path, true)) {
        out.write(bytes);
      }
    } else if (!NewFile.create(path, bytes, hadoop)) {
      throw new FileAlreadyExistsException(path.toString());
    }
  }

  /** An object appears when it is written to its end. */
  @Override
  public Boolean isPartialWriteVisible(Path path, Configuration hadoop) {
    return false;
  }
}
