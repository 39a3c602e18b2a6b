package dev.nightdesk.run;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A handful of tickets of the bundled story, and the real command over them in JVMs of its own.
 *
 * @param folder holds the dumps, the configuration and the logs of the commands
 */
record Desk(Path folder) {

  static final LocalDate FIRST = LocalDate.of(2026, 3, 20);

  private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
  private static final String PROGRAM = jar() + File.pathSeparator + "target/lib/*";
  private static final String CLASSES = "classes.jsa";
  private static final List<String> ENTITIES =
      List.of("ticket", "ticket_event", "message", "agent");

  /**
   * Copies the dumps of the first days.
   *
   * @param scope what its commands compute every night
   */
  static Desk of(int days, NightScope scope, Path folder) {
    try {
      for (String entity : ENTITIES) {
        for (LocalDate date = FIRST; date.isBefore(FIRST.plusDays(days)); date = date.plusDays(1)) {
          Path from =
              ROOT.resolve("fixtures/nightly/raw/helpdesk/%s/dt=%s".formatted(entity, date));
          Path to = folder.resolve("raw/desk/%s/dt=%s".formatted(entity, date));
          if (Files.exists(from)) {
            Files.createDirectories(to);
            try (Stream<Path> files = Files.list(from)) {
              for (Path file : files.toList()) {
                Files.copy(file, to.resolve(file.getFileName()));
              }
            }
          }
        }
      }
      Files.writeString(
          folder.resolve("nightdesk.yaml"),
          """
          max-rejected-ratio: 0.5
          night-scope: %s
          lease: {heartbeat: PT0.5S, timeout: PT5S}
          sources:
            desk:
              type: canonical
              entities: {ticket: {}, ticket_event: {}, message: {optional: true}, agent: {optional: true}}
          """
              .formatted(scope.name()));
      return new Desk(folder);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The configuration of one of its warehouses. */
  NightdeskConfig config(String warehouse) {
    return config(warehouse, NightScope.AUTO);
  }

  /** The same with something else computed every night. */
  NightdeskConfig config(String warehouse, NightScope scope) {
    return NightdeskConfig.of(
        Settings.read(
            folder.resolve("nightdesk.yaml"),
            Map.of(),
            Map.of(
                "raw",
                folder.resolve("raw").toString(),
                "warehouse",
                folder.resolve(warehouse).toString(),
                "night-scope",
                scope.name())),
        folder);
  }

  /** Copies a warehouse, as it lies there. */
  void copy(String from, String to) {
    Path source = folder.resolve(from);
    try (Stream<Path> files = Files.walk(source)) {
      for (Path file : files.toList()) {
        Files.copy(file, folder.resolve(to).resolve(source.relativize(file)));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Every file of a warehouse but those of its lease, with when it was written. */
  Map<String, FileTime> files(String warehouse) {
    Map<String, FileTime> times = new TreeMap<>();
    Path root = folder.resolve(warehouse);
    try (Stream<Path> files = Files.walk(root)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        String name = root.relativize(file).toString();
        if (!name.startsWith("_lease")) {
          times.put(name, Files.getLastModifiedTime(file));
        }
      }
      return times;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * A command that runs in a JVM of its own.
   *
   * @param log what it says
   */
  record Command(Process process, Path log) {

    String said() {
      try {
        return Files.readString(log);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    /** Waits until it has said so much, or is over. */
    void awaitLines(int lines) throws InterruptedException {
      while (process.isAlive() && said().lines().count() < lines) {
        TimeUnit.MILLISECONDS.sleep(20);
      }
    }

    /** Its exit code. */
    int end() {
      try {
        if (!process.waitFor(5, TimeUnit.MINUTES)) {
          process.destroyForcibly();
          throw new IllegalStateException("The command does not end: " + said());
        }
        return process.exitValue();
      } catch (InterruptedException e) {
        process.destroyForcibly();
        throw new IllegalStateException(e);
      }
    }

    /** Sends a signal, by its name. */
    void signal(String name) {
      try {
        new ProcessBuilder("kill", "-" + name, Long.toString(process.pid())).start().waitFor();
      } catch (IOException | InterruptedException e) {
        throw new IllegalStateException(e);
      }
    }
  }

  /**
   * Starts the program as the launcher does.
   *
   * @param properties of the JVM, as {@link EndingCheckpoints} knows them
   */
  Command start(String warehouse, Map<String, String> properties, String... arguments) {
    List<String> options =
        new ArrayList<>(List.of("-XX:SharedArchiveFile=" + folder.resolve(CLASSES)));
    properties.forEach((name, value) -> options.add("-D" + name + "=" + value));
    // The tests come last: of them only the checkpoints are not in the program.
    return start(
        options, PROGRAM + File.pathSeparator + "target/test-classes", warehouse, arguments);
  }

  /**
   * Runs a first step and archives the classes that it has loaded, for the starts after it: half
   * their time is loading classes.
   */
  Command archiveClasses() {
    // An archive must not know folders of classes.
    return start(
        List.of("-XX:ArchiveClassesAtExit=" + folder.resolve(CLASSES), "-Xlog:cds*=off"),
        PROGRAM,
        "archive",
        "stage",
        "--date",
        FIRST.toString());
  }

  private Command start(
      List<String> options, String classPath, String warehouse, String... arguments) {
    List<String> words = new ArrayList<>();
    words.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    words.add("@" + Path.of("config/spark.jvm").toAbsolutePath());
    words.addAll(List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xmx1g"));
    words.addAll(options);
    words.add("-cp");
    words.add(classPath);
    words.add("dev.nightdesk.Main");
    words.addAll(List.of(arguments));
    words.addAll(
        List.of(
            "--config",
            folder.resolve("nightdesk.yaml").toString(),
            "--raw",
            folder.resolve("raw").toString(),
            "--warehouse",
            folder.resolve(warehouse).toString()));
    try {
      Path log = Files.createTempFile(folder, arguments[0] + "-", ".log");
      return new Command(
          new ProcessBuilder(words).redirectErrorStream(true).redirectOutput(log.toFile()).start(),
          log);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Path jar() throws UncheckedIOException {
    try (Stream<Path> files = Files.list(Path.of("target"))) {
      return files
          .filter(file -> file.getFileName().toString().matches("nightdesk-[0-9].*\\.jar"))
          .max(Comparator.comparingLong(file -> file.toFile().lastModified()))
          .orElseThrow(() -> new IllegalStateException("There is no jar: run mvn package first"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
