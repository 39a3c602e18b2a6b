package dev.nightdesk.run;

import dev.nightdesk.io.Checkpoints;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Ends or holds up a process that a test has started, at a point of the night: {@code
 * -Dnightdesk.halt-at=POINT:N} ends it without any farewell when the point comes for the Nth time,
 * {@code -Dnightdesk.pause-at=POINT:N} lets it wait there until the file {@code
 * nightdesk.pause-file} is gone. Without these properties nothing happens.
 */
public final class EndingCheckpoints implements Checkpoints {

  private final Moment halt = Moment.of("nightdesk.halt-at");
  private final Moment pause = Moment.of("nightdesk.pause-at");

  @Override
  public void at(Point point) {
    if (halt.isNow(point)) {
      Runtime.getRuntime().halt(137);
    }
    if (pause.isNow(point)) {
      await(Path.of(System.getProperty("nightdesk.pause-file")));
    }
  }

  /** Puts a word into the file first, so that the test knows that the point has come. */
  private static void await(Path file) {
    try {
      Files.writeString(file, "reached");
      while (Files.exists(file)) {
        Thread.sleep(20);
      }
    } catch (IOException | InterruptedException e) {
      throw new IllegalStateException("This process cannot wait for " + file, e);
    }
  }

  /**
   * A point and how often it comes before something happens.
   *
   * @param point null: never
   */
  private record Moment(Point point, int times, AtomicInteger seen) {

    static Moment of(String property) {
      String value = System.getProperty(property);
      if (value == null) {
        return new Moment(null, 0, new AtomicInteger());
      }
      String[] words = value.split(":");
      return new Moment(Point.valueOf(words[0]), Integer.parseInt(words[1]), new AtomicInteger());
    }

    boolean isNow(Point at) {
      return at == point && seen.incrementAndGet() == times;
    }
  }
}
