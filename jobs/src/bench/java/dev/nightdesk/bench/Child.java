package dev.nightdesk.bench;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * A command of a process of its own, and what it takes.
 *
 * @param words the program and its arguments
 * @param environment what its environment holds besides ours
 * @param log where its output goes, both streams
 * @param workers processes that live longer and work for it through children of theirs
 */
record Child(
    List<String> words, Map<String, String> environment, Path log, List<ProcessHandle> workers) {

  /**
   * How often the peak of memory is looked at, once it has been looked at more often in the
   * beginning. The system keeps it, so only its last rise is lost.
   */
  private static final long LOOK_MILLIS = 200;

  private static final long FIRST_LOOK_MILLIS = 10;

  private static final int TOLD_LINES = 15;

  /** What it ended with, and what it took. */
  record Ended(int code, Usage usage) {}

  Child {
    words = List.copyOf(words);
    environment = Map.copyOf(environment);
    workers = List.copyOf(workers);
  }

  /** A command that nobody works for. */
  Child(List<String> words, Map<String, String> environment, Path log) {
    this(words, environment, log, List.of());
  }

  /**
   * Runs it to its end.
   *
   * @throws FailedRun if it ends with another code than 0; the message holds the end of its output
   */
  Usage run() {
    Ended ended = end();
    if (ended.code() != 0) {
      throw new FailedRun(
          "%s ended with exit code %d. The end of %s:%n%s"
              .formatted(String.join(" ", words), ended.code(), log, told(TOLD_LINES)));
    }
    return ended.usage();
  }

  /** Runs it to its end, whatever that is. */
  Ended end() {
    Path booked = log.resolveSibling(log.getFileName() + ".account");
    try {
      Files.createDirectories(log.toAbsolutePath().getParent());
      Account before = bookedToWorkers();
      long start = System.nanoTime();
      Process process = start(booked);
      Thread end = new Thread(() -> stop(process.toHandle()));
      Runtime.getRuntime().addShutdownHook(end);
      long peak = 0;
      long pause = FIRST_LOOK_MILLIS;
      while (!process.waitFor(pause, TimeUnit.MILLISECONDS)) {
        pause = Math.min(2 * pause, LOOK_MILLIS);
        peak = Math.max(peak, peakBytes(process.toHandle()));
      }
      Duration wall = Duration.ofNanos(System.nanoTime() - start);
      Runtime.getRuntime().removeShutdownHook(end);
      awaitRest();
      Account account =
          Account.ofEnded(Files.readAllLines(booked)).plus(bookedToWorkers().since(before));
      Files.delete(booked);
      return new Ended(
          process.exitValue(),
          new Usage(wall, account.cpu(), peak, account.readBytes(), account.writtenBytes()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("Measuring was interrupted", e);
    }
  }

  /** What it said, at most so many last lines. */
  String told(int lines) {
    try {
      List<String> all = List.of(Files.readString(log, StandardCharsets.UTF_8).split("\n"));
      return String.join("\n", all.subList(Math.max(0, all.size() - lines), all.size()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A shell runs the words, waits, and prints what was booked to it for them. */
  private Process start(Path booked) throws IOException {
    List<String> all = new ArrayList<>();
    all.addAll(
        List.of(
            "bash",
            "-c",
            "booked=$1; shift; \"$@\"; code=$?; "
                + Account.SHELL_PRINTS
                + " >\"$booked\"; exit $code",
            "measured",
            booked.toString()));
    all.addAll(words);
    ProcessBuilder builder =
        new ProcessBuilder(all)
            .redirectErrorStream(true)
            .redirectInput(new File("/dev/null"))
            .redirectOutput(log.toFile());
    // What the user has set for his own nights is no part of ours.
    builder.environment().keySet().removeIf(name -> name.startsWith("NIGHTDESK_"));
    builder.environment().putAll(environment);
    return builder.start();
  }

  private Account bookedToWorkers() {
    return workers.stream().map(Account::ofLiving).reduce(Account.NOTHING, Account::plus);
  }

  private long peakBytes(ProcessHandle process) {
    return Account.peakBytes(process) + workers.stream().mapToLong(Account::peakBytes).sum();
  }

  /** The workers' children end soon after the work. */
  private void awaitRest() throws InterruptedException {
    long patience = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
    while (workers.stream().anyMatch(worker -> worker.descendants().findAny().isPresent())) {
      if (System.nanoTime() > patience) {
        throw new FailedRun("a worker still works for %s, a minute after its end".formatted(words));
      }
      Thread.sleep(LOOK_MILLIS);
    }
  }

  private static void stop(ProcessHandle root) {
    root.descendants().forEach(ProcessHandle::destroy);
    root.destroy();
  }
}
