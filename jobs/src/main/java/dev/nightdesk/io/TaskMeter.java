package dev.nightdesk.io;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.apache.spark.SparkContext;
import org.apache.spark.executor.TaskMetrics;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerJobStart;
import org.apache.spark.scheduler.SparkListenerStageSubmitted;
import org.apache.spark.scheduler.SparkListenerTaskEnd;
import org.apache.spark.scheduler.SparkListenerTaskStart;
import org.apache.spark.sql.SparkSession;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Adds up what Spark's tasks needed, told apart by what they were for.
 *
 * <p>What a thread does is named by a property that Spark hands on with every job, also to the
 * threads that collect a broadcast or go on with an adaptive plan. So writes side by side are not
 * mixed, and nothing is counted anew.
 */
public final class TaskMeter extends SparkListener implements AutoCloseable {

  /** What jobs are for that nobody has named. */
  public static final String UNNAMED = "";

  private static final Logger LOG = LoggerFactory.getLogger("dev.nightdesk");
  private static final String PROPERTY = "nightdesk.purpose";
  private static final long MOST_MILLIS_OF_WAITING = 10_000;
  private static final AtomicLong METERS = new AtomicLong();

  private final SparkContext context;

  /** Another meter of the session, if there is one, must not take our jobs for its own. */
  private final String mark = METERS.incrementAndGet() + "/";

  private final Map<Integer, String> purposes = new HashMap<>();
  private final Map<String, Sums> sums = new HashMap<>();
  private final List<Stretch> stretches = new ArrayList<>();
  private int running;
  private long since;

  /**
   * From one moment to another, in milliseconds since 1970.
   *
   * @param from the first
   * @param to the one after the last
   */
  public record Stretch(long from, long to) {}

  private static final class Sums {
    long jobCount;
    long taskCount;
    long cpuNanos;
    long readRowCount;
    long readByteCount;
    long writtenRowCount;
    long writtenByteCount;
    long shuffledByteCount;
    long spilledByteCount;

    void add(TaskMetrics metrics) {
      cpuNanos += metrics.executorCpuTime();
      readRowCount += metrics.inputMetrics().recordsRead();
      readByteCount += metrics.inputMetrics().bytesRead();
      writtenRowCount += metrics.outputMetrics().recordsWritten();
      writtenByteCount += metrics.outputMetrics().bytesWritten();
      shuffledByteCount += metrics.shuffleWriteMetrics().bytesWritten();
      spilledByteCount += metrics.diskBytesSpilled();
    }

    TaskWork work() {
      return new TaskWork(
          jobCount,
          taskCount,
          cpuNanos / 1e9,
          readRowCount,
          readByteCount,
          writtenRowCount,
          writtenByteCount,
          shuffledByteCount,
          spilledByteCount);
    }
  }

  private TaskMeter(SparkContext context) {
    this.context = context;
  }

  /** Counts from now on, until it is closed. */
  public static TaskMeter start(SparkSession spark) {
    TaskMeter meter = new TaskMeter(spark.sparkContext());
    meter.context.addSparkListener(meter);
    return meter;
  }

  /** Does something for a named purpose, on this thread and on those that it begins. */
  public <T> T during(String purpose, Supplier<T> work) {
    String before = context.getLocalProperty(PROPERTY);
    context.setLocalProperty(PROPERTY, mark + purpose);
    try {
      return work.get();
    } finally {
      context.setLocalProperty(PROPERTY, before);
    }
  }

  /** What was needed so far, by purpose; {@link #UNNAMED} has the jobs of no purpose. */
  public Map<String, TaskWork> work() {
    awaitEvents();
    synchronized (this) {
      Map<String, TaskWork> work = new HashMap<>();
      sums.forEach((purpose, one) -> work.put(purpose, one.work()));
      return work;
    }
  }

  /** When any task of the session ran, in order; what runs is not among them yet. */
  public List<Stretch> stretches() {
    awaitEvents();
    synchronized (this) {
      return List.copyOf(stretches);
    }
  }

  /** Spark tells of a task before its job is done, but on a thread of its own. */
  private void awaitEvents() {
    try {
      context.listenerBus().waitUntilEmpty(MOST_MILLIS_OF_WAITING);
    } catch (TimeoutException e) {
      LOG.warn("Spark is behind with its events: what the last tasks needed is not counted.");
    }
  }

  @Override
  public void close() {
    context.removeSparkListener(this);
  }

  @Override
  public synchronized void onJobStart(SparkListenerJobStart job) {
    String purpose = purpose(job.properties());
    if (purpose != null) {
      sums(purpose).jobCount++;
    }
  }

  @Override
  public synchronized void onStageSubmitted(SparkListenerStageSubmitted stage) {
    purposes.put(stage.stageInfo().stageId(), purpose(stage.properties()));
  }

  @Override
  public synchronized void onTaskStart(SparkListenerTaskStart task) {
    if (running++ == 0) {
      since = task.taskInfo().launchTime();
    }
  }

  @Override
  public synchronized void onTaskEnd(SparkListenerTaskEnd task) {
    if (running > 0 && --running == 0) {
      stretches.add(new Stretch(since, task.taskInfo().finishTime()));
    }
    String purpose = purposes.get(task.stageId());
    if (purpose != null) {
      Sums ofPurpose = sums(purpose);
      ofPurpose.taskCount++;
      // A task that was lost tells nothing.
      if (task.taskMetrics() != null) {
        ofPurpose.add(task.taskMetrics());
      }
    }
  }

  private Sums sums(String purpose) {
    return sums.computeIfAbsent(purpose, key -> new Sums());
  }

  /** Null: it is that of another meter. */
  private String purpose(Properties properties) {
    String value = properties == null ? null : properties.getProperty(PROPERTY);
    if (value == null) {
      return UNNAMED;
    }
    return value.startsWith(mark) ? value.substring(mark.length()) : null;
  }
}
