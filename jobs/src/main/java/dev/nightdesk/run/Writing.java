package dev.nightdesk.run;

import dev.nightdesk.io.Checkpoints;
import dev.nightdesk.io.Checkpoints.Point;
import dev.nightdesk.io.LeaseFolder;
import dev.nightdesk.publish.Guard;
import java.time.Clock;
import java.util.function.Supplier;

/** What every command that writes does first and last: takes the lease, and gives it back. */
final class Writing implements Guard {

  private final LeaseFolder folder;
  private final LeaseTimes times;
  private final Checkpoints checkpoints = Checkpoints.found();
  private Lease lease;

  Writing(LeaseFolder folder, LeaseTimes times) {
    this.folder = folder;
    this.times = times;
  }

  /**
   * Does something as the only writer; what is done within shares the lease.
   *
   * @param first done once the lease is held, not again within
   * @throws NightdeskException with the exit code of a failure if another run holds the lease
   */
  <T> T alone(String command, String runId, Runnable first, Supplier<T> work) {
    if (lease != null) {
      return work.get();
    }
    // Not the clock of the night: that one may stand still.
    Clock clock = Clock.systemUTC();
    try (Lease taken =
        Lease.take(folder, LeaseHolder.here(runId, command, clock.instant()), times, clock)) {
      lease = taken;
      checkpoints.at(Point.LEASE);
      first.run();
      return work.get();
    } finally {
      lease = null;
    }
  }

  /** Who holds the lease, in words. */
  String holderText() {
    LeaseState state = LeaseState.of(folder.list());
    if (state.isReleased()) {
      return "free";
    }
    return "%s, last seen %s"
        .formatted(
            Lease.holder(folder, state.epoch()).map(LeaseHolder::text).orElse("an unknown run"),
            state.lastBeat());
  }

  @Override
  public <T> T during(Supplier<T> change) {
    return held().during(change);
  }

  /** Of the lease that is held. */
  long epoch() {
    return held().epoch();
  }

  Checkpoints checkpoints() {
    return checkpoints;
  }

  private Lease held() {
    if (lease == null) {
      throw new IllegalStateException("Only who holds the lease may write. Use alone().");
    }
    return lease;
  }
}
