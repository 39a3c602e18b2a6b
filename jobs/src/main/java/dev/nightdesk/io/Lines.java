package dev.nightdesk.io;

import java.io.IOException;
import java.io.Reader;

/** The lines of a text that are not blank, none kept beyond a length: more is a broken file. */
final class Lines {

  private final Reader reader;
  private final int longest;
  private final char[] buffer = new char[1 << 14];
  private final StringBuilder line = new StringBuilder();
  private int from;
  private int to;
  private boolean isEnded;

  /**
   * @param longest what lies beyond this number of characters of a line, and one more, is skipped
   */
  Lines(Reader reader, int longest) {
    this.reader = reader;
    this.longest = longest;
  }

  /** Goes to the next line that is not blank; false if there is none. */
  boolean next() throws IOException {
    do {
      line.setLength(0);
      isEnded = false;
      while (!isEnded && fill()) {
        int end = from;
        while (end < to && buffer[end] != '\n') {
          end++;
        }
        line.append(buffer, from, Math.min(end - from, Math.max(0, longest + 1 - line.length())));
        isEnded = end < to;
        from = isEnded ? end + 1 : end;
      }
    } while (isEnded && isBlank());
    return !isBlank();
  }

  /** The line, without its end. */
  String line() {
    return line.toString();
  }

  /** Whether a line break follows the line. */
  boolean isEnded() {
    return isEnded;
  }

  private boolean fill() throws IOException {
    if (from == to) {
      from = 0;
      to = Math.max(0, reader.read(buffer));
    }
    return from < to;
  }

  private boolean isBlank() {
    return line.chars().allMatch(Character::isWhitespace);
  }
}
