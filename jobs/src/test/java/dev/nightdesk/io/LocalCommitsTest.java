package dev.nightdesk.io;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocalCommitsTest {

  private static final Configuration HADOOP = new Configuration(false);

  @TempDir Path log;

  /** Each writer has a store of its own, as each process has. */
  private boolean wins(int version, String writer) throws IOException {
    Path commit = log.resolve("%020d.json".formatted(version));
    try {
      new LocalCommits(HADOOP)
          .write(
              new org.apache.hadoop.fs.Path(commit.toUri()),
              List.of("{\"writer\":\"" + writer + "\"}", "{}").iterator(),
              false,
              HADOOP);
      return true;
    } catch (FileAlreadyExistsException e) {
      return false;
    }
  }

  @Test
  void ofTwoWritersOfOneVersionExactlyOneIsToldThatItWroteAndItsCommitIsThere() throws Exception {
    ExecutorService writers = Executors.newFixedThreadPool(2);
    try {
      for (int i = 0; i < 200; i++) {
        int version = i;
        List<Callable<Boolean>> both = List.of(() -> wins(version, "a"), () -> wins(version, "b"));
        List<Boolean> won = new ArrayList<>();
        for (Future<Boolean> one : writers.invokeAll(both)) {
          won.add(one.get());
        }
        assertThat(won).containsExactlyInAnyOrder(true, false);
        assertThat(Files.readString(log.resolve("%020d.json".formatted(version))))
            .isEqualTo("{\"writer\":\"%s\"}\n{}\n".formatted(won.get(0) ? "a" : "b"));
      }
    } finally {
      writers.shutdownNow();
    }
    try (Stream<Path> files = Files.list(log)) {
      assertThat(files).hasSize(200);
    }
  }

  @Test
  void whatMayBeWrittenOverIsReplacedAsAWhole() throws IOException {
    Path checksum = log.resolve("%020d.crc".formatted(0));
    org.apache.hadoop.fs.Path path = new org.apache.hadoop.fs.Path(checksum.toUri());
    LocalCommits commits = new LocalCommits(HADOOP);

    commits.write(path, List.of("{\"a\":1}", "{}").iterator(), true, HADOOP);
    commits.write(path, List.of("{\"b\":2}").iterator(), true, HADOOP);

    assertThat(Files.readString(checksum)).isEqualTo("{\"b\":2}\n");
    try (Stream<Path> files = Files.list(log)) {
      assertThat(files).containsExactly(checksum);
    }
  }
}
