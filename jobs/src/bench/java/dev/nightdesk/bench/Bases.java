package dev.nightdesk.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * Warehouses as they were before the last night: built once per history and jar, and copied for
 * each run of that night.
 *
 * @param setup the places
 * @param ours builds them
 * @param progress hears what takes its time
 */
record Bases(Setup setup, Ours ours, Consumer<String> progress) {

  /** A fresh copy, on which the last night can be run. */
  void copy(History history, Path warehouse) {
    Folders.copy(base(history), warehouse, setup.log("copy"));
  }

  /** Made by another jar, a warehouse would be computed anew by the night. */
  private Path base(History history) {
    Path bases = setup.folder().resolve("bases");
    Path base = bases.resolve(history.name() + "-" + BuiltJar.of(setup.root()).digest());
    if (!Files.exists(base)) {
      deleteThoseOf(history, bases);
      progress.accept(
          "building %s up to %s, for its last night"
              .formatted(history.name(), history.dateBefore()));
      Path part = bases.resolve(history.name() + ".part");
      Folders.delete(part);
      ours.nightly(history, history.dateBefore(), part, setup.memoryGib(), "base-" + history.name())
          .run();
      try {
        Files.move(part, base, StandardCopyOption.ATOMIC_MOVE);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    return base;
  }

  private static void deleteThoseOf(History history, Path bases) {
    try (Stream<Path> found = Files.list(Files.createDirectories(bases))) {
      found
          .filter(base -> base.getFileName().toString().matches(history.name() + "-[0-9a-f]{12}"))
          .forEach(Folders::delete);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
