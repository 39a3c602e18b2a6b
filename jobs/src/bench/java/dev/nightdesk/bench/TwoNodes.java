package dev.nightdesk.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * P6: a rebuild by the thin jar on a cluster of two workers with a core each, and by the same jar
 * on one core of one process, both submitted the same way.
 *
 * @param setup the rounds and the places
 * @param results where everything goes
 * @param progress hears what takes its time
 */
record TwoNodes(Setup setup, Results results, Consumer<String> progress) {

  private static final int WORKERS = 2;

  /** All rounds; each is one rebuild here and one there. The cluster is started before. */
  void measure(History history) {
    int half = Math.max(1, setup.memoryGib() / WORKERS);
    String work = "rebuild of %,d tickets".formatted(history.tickets());
    Runs one = results.runs("P6", work, "local[1]");
    Runs two = results.runs("P6", work, WORKERS + " × 1 core");
    Path alone = setup.place(history.name() + "-one-core");
    Path together = setup.place(history.name() + "-two-nodes");
    try (Cluster cluster = new Cluster(setup)) {
      cluster.start(WORKERS, half);
      for (int round = 1; round <= setup.rounds(); round++) {
        String run = "%s-nodes-%d".formatted(history.name(), round);
        progress.accept("round %d of %d: one core".formatted(round, setup.rounds()));
        prepare(alone);
        one.add(
            submit(cluster, "local[1]", setup.memoryGib(), List.of(), history, alone, run + "-one")
                .run());
        progress.accept("round %d of %d: two nodes".formatted(round, setup.rounds()));
        prepare(together);
        two.add(
            submit(
                    cluster,
                    cluster.master(),
                    half,
                    List.of("--executor-memory", half + "g"),
                    history,
                    together,
                    run + "-two")
                .run());
      }
      if (cluster.workersThatTookPart() != WORKERS) {
        throw new FailedRun(
            "%d workers took part, not %d".formatted(cluster.workersThatTookPart(), WORKERS));
      }
    }
    progress.accept("comparing all tables of the two nodes with those of the one core");
    int tables =
        new TableSums(new Ours(setup))
            .requireSame(history, alone, together, history.name() + "-nodes-sums");
    results.finding(
        "P6", "the %d tables of two nodes are those of one core, row by row".formatted(tables));
    results.finding(
        "P6",
        "local[1]: %d GiB of heap; two nodes: %d GiB for the driver and for each executor"
            .formatted(setup.memoryGib(), half));
    results.ratio(new Ratio("P6", "two nodes / local[1], " + work, two, one, Goal.atMost(1)));
    Folders.delete(alone);
    Folders.delete(together);
  }

  private Child submit(
      Cluster cluster,
      String master,
      int driverGib,
      List<String> options,
      History history,
      Path warehouse,
      String run) {
    List<String> main = new ArrayList<>();
    main.addAll(List.of("org.apache.spark.deploy.SparkSubmit", "--master", master));
    main.addAll(options);
    main.addAll(List.of("--conf", "spark.driver.host=127.0.0.1", "--class", "dev.nightdesk.Main"));
    main.addAll(List.of("--jars", jars(), BuiltJar.of(setup.root()).path().toString()));
    main.addAll(List.of("nightly", "--config", history.config().toString()));
    main.addAll(List.of("--warehouse", warehouse.toString()));
    return new Child(
        // Spark's launcher would give the driver its memory so; it runs in this very process.
        cluster.java(List.of("-Xmx" + driverGib + "g", "-XX:+UseParallelGC"), main),
        Map.of(
            "SPARK_HOME", cluster.home().toString(),
            "SPARK_LOCAL_IP", "127.0.0.1",
            "SPARK_LOCAL_DIRS", setup.scratch().toString()),
        setup.log(run),
        master.startsWith("local") ? List.of() : cluster.workers());
  }

  private String jars() {
    try (Stream<Path> found = Files.list(setup.root().resolve("jobs/target/cluster"))) {
      return found.map(Path::toString).sorted().collect(Collectors.joining(","));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void prepare(Path warehouse) {
    Folders.delete(warehouse);
    Folders.settle(setup.log("settle"));
  }
}
