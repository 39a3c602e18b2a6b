package dev.nightdesk.run;

import java.time.Duration;

/**
 * How long a lease lives.
 *
 * @param heartbeat how often its holder says that it lives
 * @param timeout how long after the last heartbeat others may take it over
 */
record LeaseTimes(Duration heartbeat, Duration timeout) {

  LeaseTimes {
    if (heartbeat.isNegative() || heartbeat.isZero()) {
      throw new IllegalArgumentException(
          "lease.heartbeat is %s; give a duration above zero, for example PT10S."
              .formatted(heartbeat));
    }
    // One late heartbeat must not lose the lease.
    if (timeout.compareTo(heartbeat.multipliedBy(3)) < 0) {
      throw new IllegalArgumentException(
          "lease.timeout is %s; give at least three times lease.heartbeat, which is %s."
              .formatted(timeout, heartbeat));
    }
  }
}
