package dev.nightdesk.io;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.attribute.PosixFilePermissions;
import org.apache.hadoop.fs.LocalFileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RawLocalFileSystem;
import org.apache.hadoop.fs.permission.FsPermission;

/**
 * Hadoop's local disk, setting permissions itself.
 *
 * <p>Without its native library, which Spark does not bring, Hadoop starts a process {@code chmod}
 * for every file and folder that it makes: hundreds in a small night.
 */
public final class LocalFiles extends LocalFileSystem {

  public LocalFiles() {
    super(new Disk());
  }

  private static final class Disk extends RawLocalFileSystem {

    @Override
    public void setPermission(Path path, FsPermission permission) throws IOException {
      if (permission.getStickyBit()) {
        super.setPermission(path, permission);
        return;
      }
      try {
        Files.setPosixFilePermissions(
            pathToFile(path).toPath(), PosixFilePermissions.fromString(permission.toString()));
      } catch (UnsupportedOperationException e) {
        // A disk that knows no such permissions.
        super.setPermission(path, permission);
      }
    }
  }
}
