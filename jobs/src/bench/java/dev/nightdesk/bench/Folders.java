package dev.nightdesk.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Whole folders: deleted, copied, measured. Nothing of it is part of a run. */
final class Folders {

  private Folders() {}

  /** Deletes a folder with all that it holds, if it is there. */
  static void delete(Path folder) {
    if (!Files.exists(folder)) {
      return;
    }
    try (Stream<Path> found = Files.walk(folder)) {
      for (Path each : found.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(each);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A copy in place of what was there, on the disk when this returns: no run pays for it. */
  static void copy(Path from, Path to, Path log) {
    delete(to);
    try {
      Files.createDirectories(to.toAbsolutePath().getParent());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    new Child(
            List.of("cp", "--archive", "--reflink=auto", from.toString(), to.toString()),
            Map.of(),
            log)
        .run();
    settle(log);
  }

  /** Waits until the disk has what was written. */
  static void settle(Path log) {
    new Child(List.of("sync"), Map.of(), log).run();
  }

  /** The bytes of all files below; links are followed. */
  static long bytes(Path folder) {
    try (Stream<Path> found = Files.walk(folder, java.nio.file.FileVisitOption.FOLLOW_LINKS)) {
      long bytes = 0;
      for (Path each : found.filter(Files::isRegularFile).toList()) {
        bytes += Files.size(each);
      }
      return bytes;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
