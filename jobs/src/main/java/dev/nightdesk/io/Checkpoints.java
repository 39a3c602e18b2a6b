package dev.nightdesk.io;

import java.util.Locale;
import java.util.ServiceLoader;

/**
 * The moments of a night at which a test may end or freeze the process.
 *
 * <p>Nothing happens at them unless the class path holds a service of this type, and the program
 * ships none.
 */
@FunctionalInterface
public interface Checkpoints {

  /** Nothing happens. */
  Checkpoints NONE = point -> {};

  /** A moment, in the order in which a night comes to them. */
  enum Point {
    /** The lease is taken, nothing else is done. */
    LEASE,
    /** A publication was found half done and is about to be finished. */
    ROLL_FORWARD,
    /** The step is done and its manifest written. */
    STAGE,
    /** The step is done and its manifest written. */
    FACTS,
    /** The step is done and its manifest written. */
    KPIS,
    /** The step is done and its manifest written, but not yet that the audits have passed. */
    AUDIT,
    /** The manifest says that the night is to be published; no table is committed. */
    INTENT,
    /** The commit of a table is about to begin; others may be under way. */
    COMMIT,
    /** The lease was looked at, the commit of a table that it allows is not begun. */
    IN_COMMIT,
    /** A commit is written beside the log of its table, not yet into it. */
    IN_LOG,
    /** Every table of the night is committed. */
    COMMITTED,
    /** Also the rows that tell of the run; only the publication is missing. */
    BEFORE_PUBLICATION,
    /** Readers see the night; its work area is still there. */
    PUBLISHED,
    /** The work area is gone too. */
    CLEARED;

    /** The one that comes when a step of a night is done. */
    public static Point after(String step) {
      return valueOf(step.toUpperCase(Locale.ROOT));
    }
  }

  /** A moment has come. */
  void at(Point point);

  /** What the class path holds; {@link #NONE} for nothing. */
  static Checkpoints found() {
    return ServiceLoader.load(Checkpoints.class).findFirst().orElse(NONE);
  }
}
