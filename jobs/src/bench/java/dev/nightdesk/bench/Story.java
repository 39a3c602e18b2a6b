package dev.nightdesk.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * P4: the bundled story as one night, from the typed command to its summary, and then a night with
 * nothing new; with the JDK of this machine, and in the image.
 *
 * @param setup the rounds and the places
 * @param results where everything goes
 * @param progress hears what takes its time
 */
record Story(Setup setup, Results results, Consumer<String> progress) {

  private static final double JDK_SECONDS = 30;
  private static final double IMAGE_SECONDS = 15;
  private static final double NOTHING_SECONDS = 4;

  /** The user of the image, to whom a warehouse must belong. */
  private static final int IMAGE_USER = 10001;

  private static final String WAREHOUSE = "/data/warehouse";

  /** A way to run a command on the story; the warehouse is the argument. */
  @FunctionalInterface
  private interface Way {
    Child nightly(Path warehouse, String run);
  }

  /** All rounds. */
  void measure() {
    Way onJdk = (warehouse, run) -> child(launcher(warehouse), run);
    Runs night = results.runs("P4", "the story as one night", "JDK");
    Runs nothing = results.runs("P4", "a night with nothing new", "JDK");
    String whyNot = whyNotInImage();
    Way inImage = (warehouse, run) -> child(container(warehouse), run);
    Runs imageNight = results.runs("P4", "the story as one night", "image");
    Runs imageNothing = results.runs("P4", "a night with nothing new", "image");
    for (int round = 1; round <= setup.rounds(); round++) {
      progress.accept("round %d of %d: the story".formatted(round, setup.rounds()));
      nights(onJdk, "story", round, night, nothing);
      if (whyNot.isEmpty()) {
        nights(inImage, "story-image", round, imageNight, imageNothing);
      }
    }
    seconds(night, JDK_SECONDS);
    if (whyNot.isEmpty()) {
      seconds(imageNight, IMAGE_SECONDS);
      seconds(imageNothing, NOTHING_SECONDS);
    } else {
      results.finding("P4", "the image was left out: " + whyNot);
    }
  }

  private void nights(Way way, String name, int round, Runs night, Runs nothing) {
    Path warehouse = setup.place(name);
    prepare(warehouse);
    night.add(usage(way.nightly(warehouse, "%s-%d".formatted(name, round)), night));
    nothing.add(usage(way.nightly(warehouse, "%s-nothing-%d".formatted(name, round)), nothing));
    Folders.delete(warehouse);
  }

  /** A container's processes are not ours. */
  private static Usage usage(Child child, Runs runs) {
    Usage usage = child.run();
    return runs.side().equals("image") ? Usage.ofWall(usage.wall()) : usage;
  }

  private void seconds(Runs runs, double limit) {
    double median = Runs.median(runs.values(Runs.Measure.WALL));
    Goal goal = Goal.atMost(limit);
    results.finding(
        "P4",
        "%s, %s: %s s, goal %s s, %s"
            .formatted(
                runs.work(),
                runs.side(),
                Results.number(median),
                goal,
                goal.isReachedBy(median) ? "reached" : "missed"));
  }

  private void prepare(Path warehouse) {
    Folders.delete(warehouse);
    try {
      Files.createDirectories(warehouse);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
    Folders.settle(setup.log("settle"));
  }

  private Child child(List<String> words, String run) {
    return new Child(setup.onCores(words), Map.of(), setup.log(run));
  }

  private List<String> launcher(Path warehouse) {
    return List.of(
        setup.root().resolve("nightdesk").toString(),
        "nightly",
        "--config",
        setup.root().resolve("nightdesk.yaml").toString(),
        "--warehouse",
        warehouse.toString());
  }

  private List<String> container(Path warehouse) {
    try {
      Files.setAttribute(warehouse, "unix:uid", IMAGE_USER);
    } catch (IOException e) {
      throw new FailedRun(
          "%s cannot be given to the user of the image: %s".formatted(warehouse, e));
    }
    List<String> words = new ArrayList<>();
    words.addAll(List.of("docker", "run", "--rm", "--read-only", "--cap-drop", "ALL"));
    words.addAll(List.of("--network", "none", "--cpus", Integer.toString(setup.threads())));
    words.addAll(
        mounted(setup.root().resolve("nightdesk.yaml"), "/etc/nightdesk/nightdesk.yaml:ro"));
    words.addAll(mounted(setup.root().resolve("fixtures"), "/etc/nightdesk/fixtures:ro"));
    words.addAll(mounted(warehouse, WAREHOUSE));
    words.addAll(List.of("--env", "NIGHTDESK_MEMORY=2g", image()));
    words.addAll(List.of("nightly", "--warehouse", WAREHOUSE));
    return words;
  }

  private static List<String> mounted(Path path, String place) {
    return List.of("--volume", path.toAbsolutePath() + ":" + place);
  }

  private String image() {
    return "nightdesk:" + BuiltJar.of(setup.root()).version();
  }

  /** Empty if the story can be run in the image. */
  private String whyNotInImage() {
    if (!succeeds("command -v docker")) {
      return "there is no docker on this machine";
    }
    if (!succeeds("docker info")) {
      return "no Docker engine answers";
    }
    if (!succeeds("docker image inspect " + image())) {
      return "there is no image %s; jobs/Dockerfile says how to build it".formatted(image());
    }
    return succeeds("[ \"$(id -u)\" = 0 ]")
        ? ""
        : "only root can give a warehouse to the user of the image";
  }

  private boolean succeeds(String command) {
    return new Child(List.of("bash", "-c", command), Map.of(), setup.log("docker")).end().code()
        == 0;
  }
}
