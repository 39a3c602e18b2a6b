package dev.nightdesk.generate;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.zip.Deflater;
import java.util.zip.GZIPOutputStream;

/**
 * Routes every record to the dump of its day, {@code
 * <folder>/<entity>/dt=YYYY-MM-DD/part-00000.json.gz}.
 *
 * <p>Records of days to come wait in memory, and beyond a limit in files. One file in a hundred
 * repeats records of earlier days; a few entries arrive one or two days late. Finished days are
 * compressed by a second thread. A dump without rows is not written.
 */
final class DumpWriter implements AutoCloseable {

  /** Bytes of waiting records that stay in memory. */
  static final long MEMORY_LIMIT = 192L << 20;

  private static final int DAYS_IN_COMPRESSION = 2;
  private static final int REPEAT_REACH = 10;
  private static final double REPEATED_SHARE = 0.02;
  private static final double LATE_SHARE = 0.002;

  private final Path folder;
  private final Path spill;
  private final Days days;
  private final Dice dice;
  private final long memoryLimit;
  private final Line line = new Line();
  private final Map<Entity, Waiting[]> waiting = new EnumMap<>(Entity.class);
  private final Map<Entity, boolean[]> repeats = new EnumMap<>(Entity.class);
  private final Map<Entity, Long> rows = new EnumMap<>(Entity.class);
  private final Set<Entity> gaps = EnumSet.noneOf(Entity.class);
  private final ExecutorService compressor =
      Executors.newSingleThreadExecutor(
          task -> {
            Thread thread = new Thread(task, "dump-compressor");
            thread.setDaemon(true);
            return thread;
          });
  private final Deque<Future<Long>> compressions = new ArrayDeque<>();

  private int today;
  private long bytesInMemory;
  private long bytesWritten;

  DumpWriter(Path folder, Days days, long seed, long memoryLimit) throws IOException {
    this.memoryLimit = memoryLimit;
    this.folder = folder;
    this.spill = folder.resolveSibling("." + folder.getFileName() + "-waiting");
    this.days = days;
    this.dice = Dice.of(seed, Dice.Subject.DELIVERY, 0);
    for (Entity entity : Entity.values()) {
      waiting.put(entity, new Waiting[days.count()]);
      rows.put(entity, 0L);
      repeats.put(entity, repeatingDays(entity));
    }
    Files.createDirectories(folder);
    Files.createDirectories(spill);
  }

  /** Begins a record. The line is the same object every time: deliver it before the next. */
  Line line(Entity entity) {
    return line.begin(entity);
  }

  /** The record that was begun and not yet delivered. */
  Line openLine() {
    return line;
  }

  /** Ends the record and hands it to the dump of the day that holds {@code at}. */
  void deliver(long at) {
    deliverOn(Math.max(today, days.of(at)));
  }

  /** Ends the record and hands it to the dump of today, whatever its own instants say. */
  void deliverToday() {
    deliverOn(today);
  }

  private void deliverOn(int day) {
    ByteHeap record = line.end();
    if (day >= days.count()) {
      return;
    }
    Entity entity = line.entity();
    int arrival = day;
    if (entity.hasStragglers() && dice.chance(LATE_SHARE)) {
      int late = day + (dice.chance(0.7) ? 1 : 2);
      arrival = late < days.count() ? late : day;
    }
    add(entity, arrival, record);
    boolean[] repeating = repeats.get(entity);
    for (int later = arrival + 1;
        later <= arrival + REPEAT_REACH && later < repeating.length;
        later++) {
      if (repeating[later] && dice.chance(REPEATED_SHARE)) {
        add(entity, later, record);
      }
    }
  }

  private void add(Entity entity, int day, ByteHeap record) {
    Waiting[] perDay = waiting.get(entity);
    if (perDay[day] == null) {
      perDay[day] = new Waiting(spill.resolve(entity.folder() + "-" + day));
    }
    perDay[day].memory.append(record);
    rows.merge(entity, 1L, Long::sum);
    bytesInMemory += record.size();
    if (bytesInMemory > memoryLimit) {
      spillAll();
    }
  }

  /** Today's dumps are complete; the next day begins. */
  void endDay() {
    int day = today++;
    Map<Entity, Waiting> complete = new EnumMap<>(Entity.class);
    for (Entity entity : Entity.values()) {
      Waiting[] perDay = waiting.get(entity);
      if (perDay[day] == null) {
        gaps.add(entity);
      } else {
        complete.put(entity, perDay[day]);
        bytesInMemory -= perDay[day].memory.size();
        perDay[day] = null;
      }
    }
    compressions.add(compressor.submit(compression(day, complete)));
    while (compressions.size() > DAYS_IN_COMPRESSION) {
      awaitOldest();
    }
  }

  /** Rows per entity, repeats included. */
  Map<Entity, Long> rows() {
    return rows;
  }

  /** Entities that have no dump on some day. */
  Set<Entity> gaps() {
    return gaps;
  }

  /** Waits for the last day, and gives the size of all dumps. */
  long finish() {
    while (!compressions.isEmpty()) {
      awaitOldest();
    }
    return bytesWritten;
  }

  @Override
  public void close() throws IOException {
    compressor.shutdownNow();
    try (var files = Files.list(spill)) {
      for (Path file : files.toList()) {
        Files.delete(file);
      }
    }
    Files.delete(spill);
  }

  private boolean[] repeatingDays(Entity entity) {
    boolean[] repeating = new boolean[days.count()];
    if (entity.hasRepeats() && days.count() > 2) {
      int files = Math.max(1, days.count() / 100);
      for (int i = 0; i < files; i++) {
        repeating[1 + dice.below(days.count() - 1)] = true;
      }
    }
    return repeating;
  }

  private void spillAll() {
    for (Waiting[] perDay : waiting.values()) {
      for (Waiting day : perDay) {
        if (day != null) {
          day.spill();
        }
      }
    }
    bytesInMemory = 0;
  }

  private Callable<Long> compression(int day, Map<Entity, Waiting> complete) {
    return () -> {
      long size = 0;
      for (Map.Entry<Entity, Waiting> dump : complete.entrySet()) {
        Path file =
            folder
                .resolve(dump.getKey().folder())
                .resolve("dt=" + days.date(day))
                .resolve("part-00000.json.gz");
        Files.createDirectories(file.getParent());
        try (OutputStream gzip = new FastGzip(Files.newOutputStream(file))) {
          dump.getValue().moveTo(gzip);
        }
        size += Files.size(file);
      }
      return size;
    };
  }

  private void awaitOldest() {
    try {
      bytesWritten += compressions.remove().get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("Generating was interrupted; delete " + folder, e);
    } catch (ExecutionException e) {
      throw new IllegalStateException(
          "A dump below %s cannot be written: %s. Mend that, delete the folder, start again."
              .formatted(folder, e.getCause()),
          e.getCause());
    }
  }

  /** Level 1: three times as fast as the default, a fifth larger. Its header holds no time. */
  private static final class FastGzip extends GZIPOutputStream {
    FastGzip(OutputStream out) throws IOException {
      super(out, 1 << 16);
      def.setLevel(Deflater.BEST_SPEED);
    }
  }

  /** Records of one dump that is not due yet. */
  private static final class Waiting {
    private final Path file;
    private ByteHeap memory = new ByteHeap();
    private boolean isSpilled;

    Waiting(Path file) {
      this.file = file;
    }

    void spill() {
      try (OutputStream out =
          Files.newOutputStream(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
        memory.writeTo(out);
      } catch (IOException e) {
        throw new UncheckedIOException("Waiting records cannot be kept in " + file, e);
      }
      memory = new ByteHeap();
      isSpilled = true;
    }

    void moveTo(OutputStream out) throws IOException {
      if (isSpilled) {
        Files.copy(file, out);
        Files.delete(file);
      }
      memory.writeTo(out);
    }
  }
}
