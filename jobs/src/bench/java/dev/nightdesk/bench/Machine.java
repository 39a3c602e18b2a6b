package dev.nightdesk.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** What the numbers were measured on. */
final class Machine {

  private Machine() {}

  /**
   * Lines for people.
   *
   * @param commit the commit of the code
   */
  static List<String> lines(Setup setup, String commit) {
    List<String> lines = new ArrayList<>();
    lines.add(
        "machine   %d cores of %s, %.1f GiB of memory, %s %s"
            .formatted(
                Runtime.getRuntime().availableProcessors(),
                field("/proc/cpuinfo", "model name"),
                Long.parseLong(field("/proc/meminfo", "MemTotal").split(" ")[0]) / 1024.0 / 1024.0,
                System.getProperty("os.name"),
                System.getProperty("os.version")));
    lines.add(
        "versions  commit %s, JDK %s, Spark %s, Delta %s, DuckDB %s"
            .formatted(
                commit,
                Runtime.version(),
                ofJar("spark-sql_2.13"),
                ofJar("delta-spark_4.2_2.13"),
                ofJar("duckdb_jdbc")));
    lines.add(
        "settings  %d rounds, %d threads; a rebuild %d GiB on either side (our heap, DuckDB's memory limit), our night %d GiB"
            .formatted(setup.rounds(), setup.threads(), setup.memoryGib(), setup.nightMemoryGib()));
    return lines;
  }

  /** From the name of the jar on the class path. */
  static String ofJar(String artifact) {
    for (String entry : System.getProperty("java.class.path").split(":")) {
      String name = Path.of(entry).getFileName().toString();
      if (name.startsWith(artifact + "-")) {
        return name.substring(artifact.length() + 1).replaceAll("\\.jar$", "");
      }
    }
    return "unknown";
  }

  /** The value behind the first colon of the first such line; unknown if there is none. */
  private static String field(String file, String key) {
    try (var lines = Files.lines(Path.of(file))) {
      return lines
          .filter(line -> line.startsWith(key))
          .map(line -> line.substring(line.indexOf(':') + 1).strip())
          .limit(1)
          .collect(Collectors.joining());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
