package dev.nightdesk.bench;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The peer, and the comparison of its values with ours, each in a process of its own.
 *
 * @param setup the cores, the memory and the places
 */
record PeerProcess(Setup setup) {

  /** DuckDB's memory is none of the JVM's heap. */
  private static final String HEAP = "-Xmx512m";

  /** The peer's rebuild of all dumps. */
  Child rebuild(History history, Path output, String run) {
    return java(
        List.of(
            "dev.nightdesk.bench.Peer",
            history.folder().toString(),
            output.toString(),
            Integer.toString(setup.threads()),
            setup.memoryGib() + "GiB"),
        run);
  }

  /**
   * Compares the peer's values with those of a warehouse.
   *
   * @throws FailedRun if a value differs
   */
  void requireSameValues(Path warehouse, Path output, String run) {
    Child comparison =
        java(
            List.of("dev.nightdesk.bench.Comparison", warehouse.toString(), output.toString()),
            run);
    if (comparison.end().code() != 0) {
      throw new FailedRun(
          "the values of %s are not those of the peer:%n%s"
              .formatted(warehouse.getFileName(), comparison.told(30)));
    }
  }

  private Child java(List<String> main, String run) {
    List<String> words = new ArrayList<>();
    words.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    words.addAll(List.of(HEAP, "-cp", System.getProperty("java.class.path")));
    words.addAll(main);
    return new Child(setup.onCores(words), Map.of(), setup.log(run));
  }
}
