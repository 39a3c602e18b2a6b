package dev.nightdesk.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the benchmark measures of a load that is known. */
class MeasuredTest {

  private static final int MEGABYTE = 1 << 20;
  private static final int ALLOCATED = 300;
  private static final int WRITTEN = 100;
  private static final Duration BURNT = Duration.ofMillis(500);

  @TempDir private Path place;

  /** A process that uses what the test expects, and about 200 ms and 50 MB for its JVM. */
  static final class Load {
    private Load() {}

    public static void main(String[] arguments) throws IOException {
      byte[] chunk = new byte[MEGABYTE];
      Path file = Path.of(arguments[0]);
      try (OutputStream out = Files.newOutputStream(file)) {
        for (int i = 0; i < WRITTEN; i++) {
          out.write(chunk);
        }
      }
      try (InputStream in = Files.newInputStream(file)) {
        while (in.read(chunk) >= 0) {}
      }
      // Outside of the heap, where it is filled with zeros and nothing is left over.
      ByteBuffer held = ByteBuffer.allocateDirect(ALLOCATED * MEGABYTE);
      var threads = ManagementFactory.getThreadMXBean();
      long sum = 0;
      while (threads.getCurrentThreadCpuTime() < BURNT.toNanos()) {
        sum += held.capacity();
      }
      if (sum == 0) {
        throw new IllegalStateException("Nothing was burnt");
      }
    }
  }

  private Usage usageOf(String... words) {
    return new Child(List.of(words), Map.of(), place.resolve("log")).run();
  }

  private String load(String file) {
    return "'%s' -Xmx64m -XX:MaxDirectMemorySize=400m -XX:+UseSerialGC -XX:TieredStopAtLevel=1 -cp '%s' '%s' '%s'"
        .formatted(
            Path.of(System.getProperty("java.home"), "bin", "java"),
            Path.of("target/test-classes").toAbsolutePath(),
            Load.class.getName(),
            place.resolve(file));
  }

  @Test
  void everyProcessOfTheTreeCounts() {
    // One in place of a shell, and one in the background of a shell that waits.
    Usage usage =
        usageOf("bash", "-c", "(exec " + load("one") + ") && (" + load("other") + " & wait $!)");

    assertThat(usage.cpu())
        .isBetween(BURNT.multipliedBy(2), BURNT.multipliedBy(2).plusMillis(1_500));
    assertThat(usage.wall()).isGreaterThan(BURNT);
    assertThat(usage.writtenBytes())
        .isBetween(2L * WRITTEN * MEGABYTE, (2L * WRITTEN + 1) * MEGABYTE);
    assertThat(usage.readBytes())
        .isBetween(2L * WRITTEN * MEGABYTE, (2L * WRITTEN + 20) * MEGABYTE);
    assertThat(usage.peakBytes())
        .as("one after the other, so never both")
        .isBetween((long) ALLOCATED * MEGABYTE, (ALLOCATED + 100L) * MEGABYTE);
  }

  @Test
  void whatFailsSaysWhy() {
    assertThatThrownBy(() -> usageOf("bash", "-c", "echo no such dump; exit 3"))
        .isInstanceOf(FailedRun.class)
        .hasMessageContaining("exit code 3")
        .hasMessageContaining("no such dump");
  }

  @Test
  void whatOthersDoForACommandCounts() throws Exception {
    // Waits for the file, then for a child that writes 50 MB, then for its own end.
    Path asked = place.resolve("asked");
    Process worker =
        new ProcessBuilder(
                "bash",
                "-c",
                "until [ -e '%s' ]; do sleep 0.05; done; dd if=/dev/zero of='%s' bs=1M count=50 status=none; read -r"
                    .formatted(asked, place.resolve("copy")))
            .start();
    try {
      Usage usage =
          new Child(
                  List.of("bash", "-c", "touch '%s'; sleep 0.6".formatted(asked)),
                  Map.of(),
                  place.resolve("log"),
                  List.of(worker.toHandle()))
              .run();

      assertThat(usage.writtenBytes()).isBetween(50L * MEGABYTE, 51L * MEGABYTE);
    } finally {
      worker.destroy();
    }
  }
}
