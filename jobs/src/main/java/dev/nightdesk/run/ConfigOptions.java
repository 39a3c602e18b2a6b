package dev.nightdesk.run;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import picocli.CommandLine.Option;

/** The options that every command has. */
final class ConfigOptions {

  private static final String FILE = "nightdesk.yaml";

  @Option(names = "--raw", paramLabel = "URI", description = "Where the dumps lie.")
  private String raw;

  @Option(names = "--warehouse", paramLabel = "URI", description = "Where the tables lie.")
  private String warehouse;

  @Option(
      names = "--config",
      paramLabel = "FILE",
      description =
          "The configuration; without it NIGHTDESK_CONFIG, else nightdesk.yaml here or beside the"
              + " launcher.")
  private Path config;

  /** The settings of the command line, the environment, the file and the defaults. */
  Settings settings() {
    Map<String, String> options = new LinkedHashMap<>();
    if (raw != null) {
      options.put("raw", raw);
    }
    if (warehouse != null) {
      options.put("warehouse", warehouse);
    }
    return Settings.read(file(), System.getenv(), options);
  }

  /** The configuration, understood. */
  NightdeskConfig config() {
    return NightdeskConfig.of(settings(), Path.of("").toAbsolutePath());
  }

  private Path file() {
    if (config != null) {
      return config;
    }
    String variable = System.getenv("NIGHTDESK_CONFIG");
    if (variable != null && !variable.isEmpty()) {
      return Path.of(variable);
    }
    if (Files.exists(Path.of(FILE))) {
      return Path.of(FILE);
    }
    String home = System.getProperty("nightdesk.home");
    return home != null && Files.exists(Path.of(home, FILE)) ? Path.of(home, FILE) : null;
  }
}
