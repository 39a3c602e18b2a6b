package dev.nightdesk.bench;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * What all runs have in common.
 *
 * @param root the folder of the launcher
 * @param folder where histories, warehouses and logs go
 * @param rounds how often each work is done
 * @param threads cores for either side
 * @param memoryGib heap of a rebuild and of either side of it, in GiB
 * @param nightMemoryGib heap of a night, in GiB
 */
record Setup(Path root, Path folder, int rounds, int threads, int memoryGib, int nightMemoryGib) {

  /** The words in front of a command that hold it to the cores of both sides. */
  List<String> onCores() {
    // Where there are no more cores than that, there is nothing to hold.
    return Runtime.getRuntime().availableProcessors() <= threads
        ? List.of()
        : List.of("taskset", "--cpu-list", "0-" + (threads - 1));
  }

  /** A command on the cores of both sides. */
  List<String> onCores(List<String> words) {
    List<String> all = new ArrayList<>(onCores());
    all.addAll(words);
    return all;
  }

  /** Where the output of a run goes. */
  Path log(String name) {
    return folder.resolve("logs").resolve(name + ".log");
  }

  /** Where runs spill to. */
  Path scratch() {
    return folder.resolve("scratch");
  }

  /** Where a warehouse or an output of a run goes. */
  Path place(String name) {
    return folder.resolve("runs").resolve(name);
  }
}
