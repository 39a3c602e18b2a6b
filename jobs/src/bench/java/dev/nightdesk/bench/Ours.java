package dev.nightdesk.bench;

import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The job as its users run it: the launcher in a process of its own.
 *
 * @param setup the cores and the places
 */
record Ours(Setup setup) {

  /**
   * From so many bytes of dumps on, the launcher is told that the night is large, as who runs large
   * nights would tell it: it finds out by itself, but has then begun twice.
   */
  private static final long LARGE_BYTES = 1 << 20;

  /**
   * A night.
   *
   * @param history its dumps and their configuration
   * @param until the last date; null for all that there is
   * @param memoryGib the heap
   * @param run the name of the run, for its log
   */
  Child nightly(History history, LocalDate until, Path warehouse, int memoryGib, String run) {
    List<String> words = words("nightly", history, warehouse);
    if (until != null) {
      words.addAll(List.of("--date", until.toString()));
    }
    Map<String, String> environment = new HashMap<>(environment(memoryGib));
    if (Folders.bytes(history.folder()) >= LARGE_BYTES) {
      environment.put("NIGHTDESK_SIZE", "large");
    }
    return new Child(setup.onCores(words), environment, setup.log(run));
  }

  /** A query over what is published; its answer is the log's last lines, as CSV. */
  Child sql(History history, Path warehouse, String query, String run) {
    List<String> words = words("sql", history, warehouse);
    words.addAll(List.of("--format", "csv", "-e", query));
    Map<String, String> environment = new HashMap<>(environment(setup.memoryGib()));
    environment.put("NIGHTDESK_SIZE", "large");
    return new Child(setup.onCores(words), environment, setup.log(run));
  }

  private List<String> words(String command, History history, Path warehouse) {
    return new ArrayList<>(
        List.of(
            setup.root().resolve("nightdesk").toString(),
            command,
            "--config",
            history.config().toString(),
            "--warehouse",
            warehouse.toString()));
  }

  /** What spills goes where all else is, and the disk is the same one. */
  private Map<String, String> environment(int memoryGib) {
    return Map.of(
        "NIGHTDESK_MEMORY", memoryGib + "g", "NIGHTDESK_SCRATCH", setup.scratch().toString());
  }
}
