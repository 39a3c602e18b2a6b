package dev.nightdesk.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The command line of the benchmark; exit code 1 if a run failed or a value differs. */
@Command(
    name = "jobs/src/bench/run",
    description = "Measures the targets of speed, against a peer in DuckDB that does the same.",
    mixinStandardHelpOptions = true)
final class Benchmark implements Callable<Integer> {

  /** What is measured. */
  enum Target {
    P1,
    P2,
    P3,
    P4,
    P5,
    P6
  }

  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "TARGET", description = "${COMPLETION-CANDIDATES} (default: all).")
  private List<Target> targets = List.of(Target.values());

  @Option(
      names = "--tickets",
      split = ",",
      paramLabel = "N",
      description = "Sizes of the histories (default ${DEFAULT-VALUE}).",
      defaultValue = "1000000,10000000")
  private List<Long> sizes;

  @Option(
      names = "--days",
      paramLabel = "N",
      description =
          "Days of a history (default ${DEFAULT-VALUE}); fewer, to try whether all of it works.",
      defaultValue = "365")
  private int days;

  @Option(
      names = "--rounds",
      paramLabel = "N",
      description = "How often each work is done (default ${DEFAULT-VALUE}).",
      defaultValue = "3")
  private int rounds;

  @Option(
      names = "--folder",
      paramLabel = "DIR",
      description = "Where histories are kept and runs write (default jobs/target/bench).")
  private Path folder;

  @Option(
      names = "--threads",
      paramLabel = "N",
      description = "Cores of either side (default ${DEFAULT-VALUE}).",
      defaultValue = "2")
  private int threads;

  @Option(
      names = "--memory",
      paramLabel = "GIB",
      description = "Of a rebuild: our heap and DuckDB's limit, in GiB (default ${DEFAULT-VALUE}).",
      defaultValue = "4")
  private int memoryGib;

  @Option(
      names = "--night-memory",
      paramLabel = "GIB",
      description = "Our heap in a night, in GiB (default ${DEFAULT-VALUE}).",
      defaultValue = "2")
  private int nightMemoryGib;

  private final Results results = new Results();
  private Setup setup;
  private Bases bases;
  private Histories histories;

  /**
   * Runs it.
   *
   * @param arguments as {@code --help} says
   */
  public static void main(String[] arguments) {
    System.exit(new CommandLine(new Benchmark()).execute(arguments));
  }

  @Override
  public Integer call() {
    Path root = Path.of(System.getProperty("nightdesk.home")).toAbsolutePath();
    Path place = folder == null ? root.resolve("jobs/target/bench") : folder.toAbsolutePath();
    setup = new Setup(root, place, rounds, threads, memoryGib, nightMemoryGib);
    makeFolders();
    bases = new Bases(setup, new Ours(setup), this::say);
    histories = new Histories(place.resolve("histories"), days, threads, this::say);
    Machine.lines(setup, commit()).forEach(this::tell);
    Set<Target> wanted = EnumSet.copyOf(targets);
    List<Long> ascending = List.copyOf(new TreeSet<>(sizes));
    measure(wanted, ascending);
    tell("");
    tell(results.text());
    tell("Every run: " + runsFile());
    return results.hasFailed() ? 1 : 0;
  }

  private void measure(Set<Target> wanted, List<Long> ascending) {
    if (wanted.contains(Target.P4)) {
      attempt(Target.P4, () -> new Story(setup, results, this::say).measure());
    }
    boolean hasNight = wanted.contains(Target.P2) || wanted.contains(Target.P5);
    if (hasNight || wanted.contains(Target.P1)) {
      Rebuilds rebuilds = new Rebuilds(setup, bases, results, this::say);
      for (long tickets : ascending) {
        attempt(
            Target.P1,
            () ->
                rebuilds.measure(
                    described(histories.desk(tickets)),
                    hasNight ? Rebuilds.Extent.REBUILDS_AND_NIGHT : Rebuilds.Extent.REBUILDS));
      }
    }
    if (wanted.contains(Target.P3)) {
      attempt(Target.P3, () -> growth(ascending));
    }
    if (wanted.contains(Target.P6)) {
      attempt(
          Target.P6,
          () ->
              new TwoNodes(setup, results, this::say)
                  .measure(described(histories.desk(ascending.get(0)))));
    }
  }

  private void growth(List<Long> ascending) {
    if (ascending.size() < 2) {
      results.finding("P3", "left out: growth is between two sizes; give them by --tickets");
      return;
    }
    List<History> grown = new ArrayList<>();
    History desk = histories.desk(ascending.get(0));
    grown.add(desk);
    for (long tickets : ascending.subList(1, ascending.size())) {
      grown.add(histories.behind(desk, tickets));
    }
    grown.forEach(this::described);
    new Growth(setup, bases, results, this::say).measure(grown);
  }

  /** A failure of one target leaves the others to be measured. */
  private void attempt(Target target, Runnable work) {
    try {
      work.run();
    } catch (FailedRun e) {
      say(e.getMessage());
      results.failure(target.name(), e.getMessage());
    } finally {
      keepRuns();
    }
  }

  private Path runsFile() {
    return setup.folder().resolve("runs.csv");
  }

  private History described(History history) {
    tell("history   " + Census.of(history));
    return history;
  }

  private void makeFolders() {
    // What runs that were killed have left.
    Folders.delete(setup.scratch());
    Folders.delete(setup.folder().resolve("runs"));
    for (String each : List.of("histories", "bases", "logs", "runs", "scratch")) {
      try {
        Files.createDirectories(setup.folder().resolve(each));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  private String commit() {
    Child git =
        new Child(
            List.of("git", "-C", setup.root().toString(), "describe", "--always", "--dirty"),
            Map.of(),
            setup.log("git"));
    return git.end().code() == 0 ? git.told(1) : "unknown";
  }

  /** After each target, because the next one may take hours. */
  private void keepRuns() {
    try {
      Files.writeString(runsFile(), results.csv());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Results. */
  private void tell(String line) {
    spec.commandLine().getOut().println(line);
  }

  /** Progress. */
  private void say(String line) {
    spec.commandLine().getErr().println("bench: " + line);
  }
}
