package dev.nightdesk.run;

/** How Spark is set up for a night. The tables are the same. */
enum NightSize {
  /** By the bytes of the dumps. */
  AUTO,
  /** Planning is most of the work: interpret, one task. */
  SMALL,
  /** Computing is most of the work: compile, many tasks. */
  LARGE;

  /**
   * Below this many bytes of dumps a night is small: planning it takes longer than computing. Of
   * compressed dumps of 12 MB (20,000 tickets) the interpreter took more than twice as long, of 2.5
   * MB (4,000 tickets) the JVM without its full compiler 1.3 times.
   */
  private static final long SMALL_NIGHT_BYTES = 1024 * 1024;

  /** Whether a night over dumps of so many bytes is small. */
  boolean isSmall(long bytes) {
    return this == SMALL || (this == AUTO && bytes < SMALL_NIGHT_BYTES);
  }

  /**
   * Ends a process whose JVM cannot compute a night over dumps of so many bytes at full speed; the
   * launcher, which could not know the night, then begins it again in one that can.
   *
   * @throws NightdeskException with an exit code of its own, before anything is done that counts
   */
  void requireFullCompilerFor(long bytes) {
    if (!isSmall(bytes) && Boolean.getBoolean("nightdesk.quick-start")) {
      throw NightdeskException.bulk(
          "The night is large: starting again in a JVM that computes faster, for dumps of %d bytes"
              .formatted(bytes));
    }
  }
}
