package dev.nightdesk.bench;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A standalone cluster of Spark on loopback: a master and workers with a core each. Spark is the
 * same version's jars that the launcher runs on, without what the thin jar brings itself.
 */
final class Cluster implements AutoCloseable {

  private static final long PATIENCE_MILLIS = 60_000;

  private final Setup setup;
  private final Path home;
  private final List<Process> processes = new ArrayList<>();
  private String master;

  /** A cluster that has not been started. */
  Cluster(Setup setup) {
    this.setup = setup;
    this.home = setup.folder().resolve("spark");
    linkJars();
  }

  /** Starts a master and workers, each with a core and so much memory for its executor. */
  void start(int workers, int memoryGib) {
    master =
        start(
            "master",
            "Starting Spark master at (spark://\\S+)",
            List.of("org.apache.spark.deploy.master.Master"));
    for (int worker = 1; worker <= workers; worker++) {
      start(
          "worker-" + worker,
          "Successfully registered with master (\\S+)",
          List.of(
              "org.apache.spark.deploy.worker.Worker",
              master,
              "--cores",
              "1",
              "--memory",
              memoryGib + "g",
              "--work-dir",
              setup.scratch().resolve("worker-" + worker).toString()));
    }
  }

  /** Where to submit to. */
  String master() {
    return master;
  }

  /** Those who run executors. */
  List<ProcessHandle> workers() {
    return processes.stream().skip(1).map(Process::toHandle).toList();
  }

  /** How many workers have run an executor so far. */
  long workersThatTookPart() {
    return Pattern.compile("Launching executor .* on worker (worker-\\S+)")
        .matcher(log("master"))
        .results()
        .map(match -> match.group(1))
        .distinct()
        .count();
  }

  /** The words of a Java process on Spark's jars alone. */
  List<String> java(List<String> options, List<String> main) {
    List<String> words = new ArrayList<>();
    words.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    words.add("@" + setup.root().resolve("jobs/config/spark.jvm"));
    words.addAll(options);
    words.addAll(List.of("-cp", home.resolve("jars") + "/*"));
    words.addAll(main);
    return words;
  }

  /** The folder that Spark takes its jars from. */
  Path home() {
    return home;
  }

  @Override
  public void close() {
    processes.forEach(process -> process.descendants().forEach(ProcessHandle::destroy));
    processes.forEach(Process::destroy);
  }

  private String start(String name, String announcement, List<String> main) {
    List<String> all = new ArrayList<>(main);
    all.addAll(List.of("--host", "127.0.0.1", "--port", "0", "--webui-port", "0"));
    ProcessBuilder builder =
        new ProcessBuilder(java(List.of("-Xmx512m"), all))
            .redirectErrorStream(true)
            .redirectInput(new File("/dev/null"))
            .redirectOutput(setup.log(name).toFile());
    builder.environment().put("SPARK_HOME", home.toString());
    builder.environment().put("SPARK_LOCAL_IP", "127.0.0.1");
    // Spark's own scripts say it; without it a worker looks for the build that made Spark.
    builder.environment().put("SPARK_SCALA_VERSION", "2.13");
    try {
      Files.createDirectories(setup.log(name).getParent());
      Process process = builder.start();
      processes.add(process);
      Runtime.getRuntime().addShutdownHook(new Thread(process::destroy));
      for (long waited = 0; waited < PATIENCE_MILLIS && process.isAlive(); waited += 200) {
        Matcher announced = Pattern.compile(announcement).matcher(log(name));
        if (announced.find()) {
          return announced.group(1);
        }
        Thread.sleep(200);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("Starting a cluster was interrupted", e);
    }
    throw new FailedRun(
        "the %s of the cluster does not start, see %s".formatted(name, setup.log(name)));
  }

  private String log(String name) {
    try {
      return Files.readString(setup.log(name));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void linkJars() {
    Path target = setup.root().resolve("jobs/target");
    Folders.delete(home);
    try {
      Set<String> ours = names(target.resolve("cluster"));
      Path jars = Files.createDirectories(home.resolve("jars"));
      for (String jar : names(target.resolve("lib"))) {
        if (!ours.contains(jar)) {
          Files.createSymbolicLink(jars.resolve(jar), target.resolve("lib").resolve(jar));
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Set<String> names(Path folder) throws IOException {
    try (Stream<Path> found = Files.list(folder)) {
      return found.map(file -> file.getFileName().toString()).collect(Collectors.toSet());
    }
  }
}
