package dev.nightdesk.io;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.permission.FsPermission;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocalFilesTest {

  private final LocalFiles files = new LocalFiles();

  @TempDir Path folder;

  @BeforeEach
  void open() throws IOException {
    files.initialize(URI.create("file:///"), new Configuration(false));
  }

  private static org.apache.hadoop.fs.Path hadoop(Path path) {
    return new org.apache.hadoop.fs.Path(path.toUri());
  }

  private static String permissions(Path path) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
  }

  @Test
  void aFileHasThePermissionsThatItIsGiven() throws IOException {
    Path file = folder.resolve("a/b/file");
    try (OutputStream stream = files.create(hadoop(file))) {
      stream.write(1);
    }
    assertThat(permissions(file)).isEqualTo("rw-r--r--");
    assertThat(permissions(file.getParent())).isEqualTo("rwxr-xr-x");

    files.setPermission(hadoop(file), new FsPermission((short) 0640));

    assertThat(permissions(file)).isEqualTo("rw-r-----");
  }

  @Test
  void aStickyFolderIsLeftToHadoop() throws IOException {
    files.setPermission(hadoop(folder), new FsPermission((short) 01755));

    assertThat(files.getFileStatus(hadoop(folder)).getPermission().toShort())
        .isEqualTo((short) 01755);
  }
}
