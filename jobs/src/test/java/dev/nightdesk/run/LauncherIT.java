package dev.nightdesk.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The script that users type, around the JVM that does the work. */
class LauncherIT {

  private static final Path LAUNCHER = Path.of("../nightdesk").toAbsolutePath().normalize();

  @TempDir private Path place;

  private record Ended(int code, String said) {}

  private Ended launch(Map<String, String> environment, String... words)
      throws IOException, InterruptedException {
    Path said = place.resolve("said");
    ProcessBuilder builder =
        new ProcessBuilder(Stream.concat(Stream.of(LAUNCHER.toString()), Stream.of(words)).toList())
            .redirectErrorStream(true)
            .redirectOutput(said.toFile());
    builder.environment().putAll(environment);
    Process process = builder.start();
    assertThat(process.waitFor(5, TimeUnit.MINUTES)).isTrue();
    return new Ended(process.exitValue(), Files.readString(said));
  }

  @Test
  void aLargeNightBeginsAgainInAJvmThatComputesFaster() throws Exception {
    String warehouse = place.resolve("warehouse").toString();
    Ended large =
        launch(Map.of("NIGHTDESK_NIGHT_SIZE", "large"), "check", "--warehouse", warehouse);
    assertThat(large.code()).as(large.said()).isZero();
    assertThat(large.said()).contains("starting again").contains("helpdesk/ticket: 14 files");
  }

  @Test
  void theExitCodeIsThatOfTheJob() throws Exception {
    Path raw = Files.createDirectories(place.resolve("raw/helpdesk"));
    Ended missing =
        launch(
            Map.of(),
            "check",
            "--raw",
            raw.getParent().toString(),
            "--warehouse",
            place.resolve("warehouse").toString());
    assertThat(missing.code()).as(missing.said()).isEqualTo(ExitCode.BAD_INPUT.code());
    assertThat(List.of(missing.said().split("\n"))).noneMatch(line -> line.contains("again"));
  }
}
