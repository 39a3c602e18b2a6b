package dev.nightdesk.run;

import dev.nightdesk.io.LeaseFolder;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What the files of a lease say, by their names alone: {@code <epoch>.claim} who took it, {@code
 * <epoch>.beat.<millis>} that its holder lived then, {@code <epoch>.released} that it gave it back.
 *
 * @param epoch how often it was taken; 0 for never
 * @param lastBeat the holder's last sign of life; null for never taken
 * @param isReleased whether it is free
 */
record LeaseState(long epoch, Instant lastBeat, boolean isReleased) {

  private static final Pattern NAME = Pattern.compile("(\\d{20})\\.(claim|released|beat\\.(\\d+))");

  /** Reads the names; others than those of a lease are not looked at. */
  static LeaseState of(List<LeaseFolder.Entry> entries) {
    List<File> files = entries.stream().map(File::of).flatMap(Optional::stream).toList();
    long epoch = files.stream().mapToLong(File::epoch).max().orElse(0);
    List<File> newest = files.stream().filter(file -> file.epoch() == epoch).toList();
    // The holder's clock before that of the file system, which may be another.
    Optional<Instant> beat = latest(newest.stream().filter(File::isBeat));
    return new LeaseState(
        epoch,
        beat.or(() -> latest(newest.stream())).orElse(null),
        epoch == 0 || newest.stream().anyMatch(file -> file.kind().equals("released")));
  }

  private static Optional<Instant> latest(Stream<File> files) {
    return files.map(File::at).max(Comparator.naturalOrder());
  }

  /**
   * Whether its holder seems to be silent for longer than a lease lives; also if it has lived in
   * the future, by a clock that is wrong.
   */
  boolean isStale(Instant now, Duration timeout) {
    return lastBeat != null && Duration.between(lastBeat, now).abs().compareTo(timeout) > 0;
  }

  /** The name of the file that claims an epoch. */
  static String claim(long epoch) {
    return "%020d.claim".formatted(epoch);
  }

  /** The name of a sign of life. */
  static String beat(long epoch, Instant at) {
    return "%020d.beat.%d".formatted(epoch, at.toEpochMilli());
  }

  /** The name of the file that ends an epoch. */
  static String released(long epoch) {
    return "%020d.released".formatted(epoch);
  }

  /** The epoch of a file of a lease; empty for other files. */
  static Optional<Long> epochOf(LeaseFolder.Entry entry) {
    return File.of(entry).map(File::epoch);
  }

  private record File(long epoch, String kind, Instant at) {

    boolean isBeat() {
      return kind.startsWith("beat");
    }

    static Optional<File> of(LeaseFolder.Entry entry) {
      Matcher name = NAME.matcher(entry.name());
      if (!name.matches()) {
        return Optional.empty();
      }
      String millis = name.group(3);
      return Optional.of(
          new File(
              Long.parseLong(name.group(1)),
              name.group(2),
              Instant.ofEpochMilli(
                  millis == null ? entry.modifiedAtMillis() : Long.parseLong(millis))));
    }
  }
}
