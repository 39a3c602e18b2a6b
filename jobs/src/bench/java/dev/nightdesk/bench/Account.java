package dev.nightdesk.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/**
 * What Linux has booked for processes. A process's children are booked to it when they have ended
 * and it has waited for them, so nothing is lost between two looks, however short they live.
 *
 * <p>Libraries that tell of processes (OSHI, the JDK's {@code ProcessHandle}) leave out the ended
 * children, the bytes that the page cache answered for and the peak of memory.
 *
 * @param cpu user and system time
 * @param readBytes asked of the system by reading calls
 * @param writtenBytes given to the system by writing calls
 */
record Account(Duration cpu, long readBytes, long writtenBytes) {

  /** What the shell prints of itself, so that {@link #ofEnded} can read it. */
  static final String SHELL_PRINTS = "cat /proc/$$/stat /proc/$$/io";

  static final Account NOTHING = new Account(Duration.ZERO, 0, 0);

  /** A tick of {@code /proc/PID/stat}: a hundredth of a second on every architecture in use. */
  private static final long TICK_MILLIS = 10;

  /** Places in {@code stat} behind the name, which may hold anything but ends with the last ). */
  private static final int OWN_USER = 11;

  private static final int OWN_SYSTEM = 12;
  private static final int CHILDREN_USER = 13;
  private static final int CHILDREN_SYSTEM = 14;

  /** A shell and the children that it waited for. */
  static Account ofEnded(List<String> printed) {
    return of(printed.get(0), printed.subList(1, printed.size()));
  }

  /** A process that lives, its descendants that live, and all that these have waited for. */
  static Account ofLiving(ProcessHandle root) {
    return family(root).map(Account::ofOne).reduce(NOTHING, Account::plus);
  }

  /**
   * Resident memory of a process and its descendants: the sum of each one's peak so far. Peaks need
   * not have been at the same time, but one of the processes holds nearly all of it.
   */
  static long peakBytes(ProcessHandle root) {
    return family(root).mapToLong(Account::peakOfOne).sum();
  }

  /** What was booked since an earlier look. */
  Account since(Account earlier) {
    return new Account(
        cpu.minus(earlier.cpu), readBytes - earlier.readBytes, writtenBytes - earlier.writtenBytes);
  }

  Account plus(Account other) {
    return new Account(
        cpu.plus(other.cpu), readBytes + other.readBytes, writtenBytes + other.writtenBytes);
  }

  private static Stream<ProcessHandle> family(ProcessHandle root) {
    return Stream.concat(Stream.of(root), root.descendants());
  }

  private static Account ofOne(ProcessHandle process) {
    List<String> stat = lines(process, "stat");
    List<String> io = lines(process, "io");
    return stat.isEmpty() || io.isEmpty() ? NOTHING : of(stat.get(0), io);
  }

  private static Account of(String stat, List<String> io) {
    String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
    long ticks =
        Stream.of(OWN_USER, OWN_SYSTEM, CHILDREN_USER, CHILDREN_SYSTEM)
            .mapToLong(place -> Long.parseLong(fields[place]))
            .sum();
    return new Account(
        Duration.ofMillis(ticks * TICK_MILLIS), number(io, "rchar:"), number(io, "wchar:"));
  }

  /** The high-water mark of the resident set; a process that has just ended has none. */
  private static long peakOfOne(ProcessHandle process) {
    return number(lines(process, "status"), "VmHWM:") * 1024;
  }

  private static long number(List<String> lines, String key) {
    return lines.stream()
        .filter(line -> line.startsWith(key))
        .mapToLong(line -> Long.parseLong(line.substring(key.length()).strip().split(" ")[0]))
        .findFirst()
        .orElse(0);
  }

  /** Of a file in {@code /proc}; none if the process has ended meanwhile. */
  private static List<String> lines(ProcessHandle process, String name) {
    try {
      return Files.readAllLines(Path.of("/proc", Long.toString(process.pid()), name));
    } catch (NoSuchFileException e) {
      return List.of();
    } catch (IOException e) {
      if (!process.isAlive()) {
        return List.of();
      }
      throw new UncheckedIOException(e);
    }
  }
}
