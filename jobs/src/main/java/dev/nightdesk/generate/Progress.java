package dev.nightdesk.generate;

import java.time.LocalDate;

/** Hears of every finished day. */
@FunctionalInterface
public interface Progress {

  /** Nobody listens. */
  Progress SILENT = (day, dayNumber, days, tickets) -> {};

  /**
   * A day's dumps are complete.
   *
   * @param day the local day
   * @param dayNumber 1 for the first
   * @param days how many there are
   * @param tickets tickets created so far
   */
  void dayDone(LocalDate day, int dayNumber, int days, long tickets);
}
