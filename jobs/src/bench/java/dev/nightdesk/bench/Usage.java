package dev.nightdesk.bench;

import java.time.Duration;

/**
 * What work took.
 *
 * @param wall from its start to its end
 * @param cpu user and system time of all its processes; null: not known
 * @param peakBytes most resident memory; null: not known
 * @param readBytes asked of the system by reading calls, whether the disk or its cache answered;
 *     null: not known
 * @param writtenBytes given to the system by writing calls; null: not known
 */
record Usage(Duration wall, Duration cpu, Long peakBytes, Long readBytes, Long writtenBytes) {

  /** Of work that another process did on our behalf. */
  static Usage ofWall(Duration wall) {
    return new Usage(wall, null, null, null, null);
  }
}
