package dev.nightdesk.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CommandLineInterfaceTest {

  @TempDir Path folder;

  @Test
  void helpAndVersionAreNoErrors() {
    assertThat(CommandLineInterface.run("--help")).isZero();
    assertThat(CommandLineInterface.run("nightly", "--help")).isZero();
    assertThat(CommandLineInterface.run("--version")).isZero();
  }

  @Test
  void wrongWordsAreAUsageError() {
    assertThat(CommandLineInterface.run(new String[0])).isEqualTo(2);
    assertThat(CommandLineInterface.run("knightly")).isEqualTo(2);
    assertThat(CommandLineInterface.run("nightly", "--date", "yesterday")).isEqualTo(2);
    assertThat(
            CommandLineInterface.run(
                "generate",
                "--tickets",
                "0",
                "--days",
                "1",
                "--seed",
                "1",
                "--out",
                folder.toString()))
        .isEqualTo(2);
  }

  @Test
  void theCostsOfARunAreNoReportOfADay() {
    assertThat(CommandLineInterface.run("report", "--run", "--date", "2026-04-02")).isEqualTo(2);
    assertThat(CommandLineInterface.run("report", "--run", "r", "--by", "agent")).isEqualTo(2);
    assertThat(CommandLineInterface.run("report", "--reconcile", "--run")).isEqualTo(2);
  }

  @Test
  void aWrongConfigurationIsAUsageError() throws IOException {
    Path file = Files.writeString(folder.resolve("x.yaml"), "reporting: {zone: Mars/Olympus}");

    assertThat(CommandLineInterface.run("config", "--config", file.toString())).isEqualTo(2);
    assertThat(CommandLineInterface.run("config", "--config", folder.resolve("no").toString()))
        .isEqualTo(2);
  }
}
