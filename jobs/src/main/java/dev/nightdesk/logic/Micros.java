package dev.nightdesk.logic;

import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** Instants as microseconds since 1970-01-01 UTC, the form in which the engine stores them. */
public final class Micros {

  /** Microseconds of one second. */
  public static final long PER_SECOND = 1_000_000L;

  /** Microseconds of 24 hours. */
  public static final long PER_DAY = 86_400L * PER_SECOND;

  private Micros() {}

  /** The microseconds of an instant; what is finer is cut off. */
  public static long of(Instant instant) {
    return ChronoUnit.MICROS.between(Instant.EPOCH, instant);
  }

  /** The instant of microseconds. */
  public static Instant instant(long micros) {
    return Instant.EPOCH.plus(micros, ChronoUnit.MICROS);
  }

  /** Whole seconds from {@code start} to {@code end}, rounded down. */
  public static long secondsBetween(long start, long end) {
    return Math.floorDiv(end - start, PER_SECOND);
  }
}
