package dev.nightdesk.run;

import java.time.LocalDate;

/**
 * What a night is asked for.
 *
 * @param until the last date that it reads; null for all that the raw area holds
 * @param from first date whose files are read again although the warehouse holds them; null: none
 * @param to last such date
 * @param scope what it computes
 * @param volumes what becomes of odd volumes
 */
record NightOrder(LocalDate until, LocalDate from, LocalDate to, Scope scope, OddVolumes volumes) {

  /** What a night computes. */
  enum Scope {
    /** What it touches, and all that is defined otherwise than before. */
    TOUCHED,
    /** Everything, from the staged logs. */
    EVERYTHING
  }

  /** What becomes of a night whose dumps are far smaller or larger than those before. */
  enum OddVolumes {
    /** It is not published. */
    STOP,
    /** Somebody has looked at them and accepts them. */
    ACCEPT
  }

  /** What is new up to a date; null for all that there is. */
  static NightOrder upTo(LocalDate until) {
    return new NightOrder(until, null, null, Scope.TOUCHED, OddVolumes.STOP);
  }
}
