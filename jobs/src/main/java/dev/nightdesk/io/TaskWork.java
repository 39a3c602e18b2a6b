package dev.nightdesk.io;

/**
 * What tasks of Spark's needed, by Spark's own metrics.
 *
 * @param jobCount jobs begun
 * @param taskCount tasks that ended, those that failed and were tried again included
 * @param cpuSeconds processor time
 * @param readRowCount rows read from files
 * @param readByteCount bytes read from files
 * @param writtenRowCount rows written to files
 * @param writtenByteCount bytes of the files written
 * @param shuffledByteCount bytes written to be shuffled
 * @param spilledByteCount bytes put to disk because memory was short
 */
public record TaskWork(
    long jobCount,
    long taskCount,
    double cpuSeconds,
    long readRowCount,
    long readByteCount,
    long writtenRowCount,
    long writtenByteCount,
    long shuffledByteCount,
    long spilledByteCount) {

  /** No task. */
  public static final TaskWork NONE = new TaskWork(0, 0, 0, 0, 0, 0, 0, 0, 0);
}
