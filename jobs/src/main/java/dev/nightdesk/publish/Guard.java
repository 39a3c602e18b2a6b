package dev.nightdesk.publish;

import java.util.function.Supplier;

/** Stands before everything that changes a warehouse. */
@FunctionalInterface
public interface Guard {

  /**
   * Does it, if this run still may.
   *
   * @throws RuntimeException if it may not, because another run has taken over
   */
  <T> T during(Supplier<T> change);
}
