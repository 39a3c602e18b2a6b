package dev.nightdesk.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.management.OperatingSystemMXBean;
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

  /**
   * A process that uses what the test expects, and 50 MB for its JVM. It says beside its file what
   * the JVM knows of its CPU, because a start takes 0.1 s here and a second there.
   */
  static final class Load {
    private static final String SAID = ".cpu";

    private Load() {}

    public static void main(String[] arguments) throws IOException {
      byte[] chunk = new byte[MEGABYTE];
      String file = arguments[0];
      try (OutputStream out = Files.newOutputStream(Path.of(file))) {
        for (int i = 0; i < WRITTEN; i++) {
          out.write(chunk);
        }
      }
      try (InputStream in = Files.newInputStream(Path.of(file))) {
        while (in.read(chunk) >= 0) {}
      }
      // Outside of the heap, where it is filled with zeros and nothing is left over.
      ByteBuffer held = ByteBuffer.allocateDirect(ALLOCATED * MEGABYTE);
      var threads = ManagementFactory.getThreadMXBean();
      long end = threads.getCurrentThreadCpuTime() + BURNT.toNanos();
      long sum = 0;
      while (threads.getCurrentThreadCpuTime() < end) {
        sum += held.capacity();
      }
      Files.writeString(Path.of(file + SAID), Long.toString(processCpu().toNanos()));
      if (sum == 0) {
        throw new IllegalStateException("Nothing was burnt");
      }
    }

    private static Duration processCpu() {
      return Duration.ofNanos(
          ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class).getProcessCpuTime());
    }

    static Duration saidBeside(Path file) throws IOException {
      return Duration.ofNanos(Long.parseLong(Files.readString(Path.of(file + SAID))));
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
  void everyProcessOfTheTreeCounts() throws IOException {
    // One in place of a shell, and one in the background of a shell that waits.
    Usage usage =
        usageOf("bash", "-c", "(exec " + load("one") + ") && (" + load("other") + " & wait $!)");

    Duration said =
        Load.saidBeside(place.resolve("one")).plus(Load.saidBeside(place.resolve("other")));
    assertThat(said).isGreaterThan(BURNT.multipliedBy(2));
    assertThat(usage.cpu())
        .as("what the two said, the end of each and the shell; a tick is 10 ms")
        .isBetween(said.minusMillis(40), said.plus(BURNT));
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
    // Waits for the file, then for a child that writes 50 MB, says so, and waits for its own end.
    Path asked = place.resolve("asked");
    Path done = place.resolve("done");
    Process worker =
        new ProcessBuilder(
                "bash",
                "-c",
                "until [ -e '%s' ]; do sleep 0.05; done; dd if=/dev/zero of='%s' bs=1M count=50 status=none; touch '%s'; read -r"
                    .formatted(asked, place.resolve("copy"), done))
            .start();
    try {
      Usage usage =
          new Child(
                  List.of(
                      "bash",
                      "-c",
                      "touch '%s'; until [ -e '%s' ]; do sleep 0.05; done".formatted(asked, done)),
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
