package dev.nightdesk.run;

import dev.nightdesk.io.Endings;
import dev.nightdesk.io.LeaseFolder;
import dev.nightdesk.io.StaleBase;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The right to write to a warehouse: one run has it at a time.
 *
 * <p>Whoever takes it creates the file of the next epoch, which only one can. A heartbeat tells
 * that the holder lives; once it was silent for the timeout, and is still while it is watched, or
 * at once if it is a process of this machine that is gone, others take over. The epoch only grows,
 * so a holder that was frozen meanwhile finds a higher one before its next commit, and stops.
 */
final class Lease implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger("dev.nightdesk");

  /** A commit takes less; whoever ends the process is patient for ten seconds. */
  private static final long SECONDS_FOR_A_COMMIT = 5;

  /** One may be late. */
  private static final int HEARTBEATS_AWAITED = 2;

  private final LeaseFolder folder;
  private final Clock clock;
  private final long epoch;
  private final Runnable ending = this::end;
  private final ReentrantReadWriteLock commits = new ReentrantReadWriteLock();
  private final ScheduledExecutorService heartbeat;
  private volatile boolean isEnded;
  private Instant lastBeat;

  private Lease(LeaseFolder folder, Clock clock, LeaseTimes times, long epoch) {
    this.folder = folder;
    this.clock = clock;
    this.epoch = epoch;
    this.heartbeat =
        Executors.newSingleThreadScheduledExecutor(
            task -> {
              Thread thread = new Thread(task, "lease");
              thread.setDaemon(true);
              return thread;
            });
    long millis = times.heartbeat().toMillis();
    this.heartbeat.scheduleAtFixedRate(this::beat, millis, millis, TimeUnit.MILLISECONDS);
    Endings.add(ending);
  }

  /**
   * Takes the lease.
   *
   * @param clock of the heartbeats; if machines that share a warehouse do not agree on the time
   *     within less than the timeout, a dead holder may be found out sooner or later than that
   * @throws NightdeskException with the exit code of a failure if another run holds it: who, since
   *     when, and what to do
   */
  static Lease take(LeaseFolder folder, LeaseHolder holder, LeaseTimes times, Clock clock) {
    if (!folder.createsOnce(holder.runId())) {
      throw NightdeskException.failed(
          "The store of %s lets a file be created twice, so that two runs could write at once. Use a store with conditional writes (If-None-Match), as S3 has them."
              .formatted(folder));
    }
    LeaseState state = LeaseState.of(folder.list());
    refuseHeld(folder, state, times, clock);
    long epoch = state.epoch() + 1;
    if (!folder.create(LeaseState.claim(epoch), holder.json())) {
      // Somebody else was quicker.
      throw held(folder, LeaseState.of(folder.list()), times);
    }
    folder.list().stream()
        .filter(entry -> LeaseState.epochOf(entry).filter(each -> each < epoch).isPresent())
        .forEach(entry -> folder.delete(entry.name()));
    return new Lease(folder, clock, times, epoch);
  }

  private static void refuseHeld(
      LeaseFolder folder, LeaseState state, LeaseTimes times, Clock clock) {
    if (state.isReleased()) {
      return;
    }
    Optional<LeaseHolder> holder = holder(folder, state.epoch());
    if (holder.map(LeaseHolder::isDeadHere).orElse(false)
        || (state.isStale(clock.instant(), times.timeout()) && isSilent(folder, state, times))) {
      LOG.warn(
          "Taking over from {}, last seen {}",
          holder.map(LeaseHolder::text).orElse("an unknown run"),
          state.lastBeat());
      return;
    }
    throw held(folder, LeaseState.of(folder.list()), times);
  }

  /**
   * Whether no sign of life comes while one should. The time of the last one alone does not tell:
   * the clock of another machine may be wrong, and a folder that is listed while one heartbeat
   * replaces the other may show neither.
   */
  private static boolean isSilent(LeaseFolder folder, LeaseState state, LeaseTimes times) {
    try {
      TimeUnit.MILLISECONDS.sleep(times.heartbeat().multipliedBy(HEARTBEATS_AWAITED).toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
    return LeaseState.of(folder.list()).equals(state);
  }

  /** Who holds a lease, or held it last; empty for nobody yet. */
  static Optional<LeaseHolder> holder(LeaseFolder folder, long epoch) {
    return folder.text(LeaseState.claim(epoch)).flatMap(LeaseHolder::read);
  }

  private static NightdeskException held(LeaseFolder folder, LeaseState state, LeaseTimes times) {
    return NightdeskException.failed(
        "Another run writes to this warehouse: %s, last seen %s. Wait until it ends, then try again; if it died without a word, the warehouse is free at %s."
            .formatted(
                holder(folder, state.epoch()).map(LeaseHolder::text).orElse("it has just begun"),
                state.lastBeat(),
                state.lastBeat().plus(times.timeout())));
  }

  /** How often the lease was taken, this time included. */
  long epoch() {
    return epoch;
  }

  /**
   * Makes sure that this run still holds the lease.
   *
   * @throws NightdeskException with the exit code of a failure if it was taken over, or if somebody
   *     is ending the process
   */
  void require() {
    if (isEnded) {
      throw NightdeskException.failed(
          "This run was ended before it was done. Nothing half done is visible; run the same"
              + " command again.");
    }
    long newest = LeaseState.of(folder.list()).epoch();
    if (newest < epoch) {
      throw NightdeskException.failed(
          "The lease %s is gone, so that nobody can tell who writes. This run stops without publishing; run the same command again when no other run is under way."
              .formatted(folder));
    }
    if (newest != epoch) {
      throw NightdeskException.failed(
          "This run was silent for too long and was taken over by %s. It stops without publishing; the other run does its work."
              .formatted(holder(folder, newest).map(LeaseHolder::text).orElse("another run")));
    }
  }

  /**
   * Does what changes the warehouse, after {@link #require}; the lease is not given back meanwhile.
   *
   * @throws NightdeskException as {@link #require}, also if it fails because of another run that
   *     has taken over meanwhile
   */
  <T> T during(Supplier<T> commit) {
    commits.readLock().lock();
    try {
      require();
      return commit.get();
    } catch (StaleBase e) {
      require();
      throw e;
    } finally {
      commits.readLock().unlock();
    }
  }

  /** A failed heartbeat is tried again: only {@link #require} decides. */
  private void beat() {
    try {
      if (isEnded || LeaseState.of(folder.list()).epoch() != epoch) {
        return;
      }
      Instant now = clock.instant();
      folder.create(LeaseState.beat(epoch, now), "");
      if (lastBeat != null && !lastBeat.equals(now)) {
        folder.delete(LeaseState.beat(epoch, lastBeat));
      }
      lastBeat = now;
    } catch (RuntimeException e) {
      LOG.warn("No heartbeat: {}", e.getMessage());
    }
  }

  /** Gives the lease back; nothing if it is not ours any more. */
  @Override
  public void close() {
    Endings.remove(ending);
    end();
  }

  private void end() {
    if (isEnded) {
      return;
    }
    isEnded = true;
    heartbeat.shutdownNow();
    try {
      // A commit that hangs keeps the lease: the process is gone soon, and with it the lease.
      if (commits.writeLock().tryLock(SECONDS_FOR_A_COMMIT, TimeUnit.SECONDS)) {
        try {
          if (LeaseState.of(folder.list()).epoch() == epoch) {
            folder.create(LeaseState.released(epoch), "");
          }
        } finally {
          commits.writeLock().unlock();
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (RuntimeException e) {
      LOG.warn("The lease cannot be given back; it ends by itself: {}", e.getMessage());
    }
  }
}
