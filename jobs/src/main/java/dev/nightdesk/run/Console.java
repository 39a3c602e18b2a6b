package dev.nightdesk.run;

import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;

/** The process's two streams: results, and everything else. */
final class Console {

  private Console() {}

  /** Where results go. */
  static PrintWriter results() {
    return new PrintWriter(System.out, true, StandardCharsets.UTF_8);
  }

  /** Where progress and errors go. */
  static PrintWriter errors() {
    return new PrintWriter(System.err, true, StandardCharsets.UTF_8);
  }
}
