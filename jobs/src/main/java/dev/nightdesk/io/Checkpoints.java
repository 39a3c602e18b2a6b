package dev.nightdesk.io;

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

  /** A moment has come. */
  void at(String point);

  /** What the class path holds; {@link #NONE} for nothing. */
  static Checkpoints found() {
    return ServiceLoader.load(Checkpoints.class).findFirst().orElse(NONE);
  }
}
