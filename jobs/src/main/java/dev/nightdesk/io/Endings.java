package dev.nightdesk.io;

import org.apache.hadoop.util.ShutdownHookManager;

/** What is still to be done when somebody ends the process. */
public final class Endings {

  /** Before Spark stops (50) and Hadoop closes its file systems (10). */
  private static final int FIRST = 100;

  private Endings() {}

  /** Runs something when the process is ended, while its file systems still work. */
  public static void add(Runnable ending) {
    ShutdownHookManager.get().addShutdownHook(ending, FIRST);
  }

  /** Takes back what {@link #add} was given; nothing once the process is ending. */
  public static void remove(Runnable ending) {
    if (!ShutdownHookManager.get().isShutdownInProgress()) {
      ShutdownHookManager.get().removeShutdownHook(ending);
    }
  }
}
