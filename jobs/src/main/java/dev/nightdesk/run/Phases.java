package dev.nightdesk.run;

import dev.nightdesk.io.TaskMeter;
import dev.nightdesk.io.TaskMeter.Stretch;
import dev.nightdesk.io.TaskWork;
import dev.nightdesk.publish.Cost;
import dev.nightdesk.publish.Manifest;
import dev.nightdesk.publish.Phase;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.apache.spark.sql.SparkSession;

/**
 * What a step of a night spends its time on.
 *
 * <p>Phases may run side by side, each begun by a thread of its own, but not one in another; what
 * the step does outside of them is a phase, too.
 */
final class Phases implements AutoCloseable {

  private static final Phase START = Phase.other("start of the program");

  /** What a step does outside of its phases. */
  private static final Phase REST = Phase.other("the rest");

  private final TaskMeter meter;
  private final long begunAt;
  private final Map<Phase, Measured> measured = new LinkedHashMap<>();

  /** When a phase ran, perhaps several times. */
  private static final class Measured {
    final List<Stretch> stretches = new ArrayList<>();
    long nanos;
  }

  private Phases(TaskMeter meter, long begunAt) {
    this.meter = meter;
    this.begunAt = begunAt;
  }

  /** Of a step that begins now. */
  static Phases begin(SparkSession spark) {
    return new Phases(TaskMeter.start(spark), System.currentTimeMillis());
  }

  /**
   * Of the first step of a program.
   *
   * @param startedAt when the program was started, in milliseconds since 1970
   */
  static Phases begin(SparkSession spark, long startedAt) {
    Phases phases = new Phases(TaskMeter.start(spark), startedAt);
    Stretch start = new Stretch(startedAt, System.currentTimeMillis());
    phases.note(START, start, TimeUnit.MILLISECONDS.toNanos(start.to() - start.from()));
    return phases;
  }

  /** Does a phase. */
  <T> T during(Phase phase, Supplier<T> work) {
    long begun = System.currentTimeMillis();
    long start = System.nanoTime();
    try {
      return meter.during(phase.id(), work);
    } finally {
      note(phase, new Stretch(begun, System.currentTimeMillis()), System.nanoTime() - start);
    }
  }

  private synchronized void note(Phase phase, Stretch stretch, long nanos) {
    Measured one = measured.computeIfAbsent(phase, key -> new Measured());
    one.stretches.add(stretch);
    one.nanos += nanos;
  }

  /**
   * The phases so far, in the order in which they ended, and the rest of the step.
   *
   * @param made what the step did to tables
   */
  synchronized List<Manifest.Work> end(String step, List<TableRun> made) {
    Map<String, TaskWork> tasks = meter.work();
    Map<Phase, List<Stretch>> ran = new LinkedHashMap<>();
    measured.forEach((phase, one) -> ran.put(phase, one.stretches));
    WallShares shares =
        WallShares.of(new Stretch(begunAt, System.currentTimeMillis()), ran, meter.stretches());
    List<Manifest.Work> work = new ArrayList<>();
    measured.forEach(
        (phase, one) ->
            work.add(
                work(
                    step,
                    phase,
                    made,
                    one.nanos / 1e9,
                    shares.of(phase),
                    tasks.getOrDefault(phase.id(), TaskWork.NONE))));
    WallShares.Share left = shares.rest();
    work.add(
        work(
            step,
            REST,
            made,
            left.seconds(),
            left,
            tasks.getOrDefault(TaskMeter.UNNAMED, TaskWork.NONE)));
    return work;
  }

  private static Manifest.Work work(
      String step,
      Phase phase,
      List<TableRun> made,
      double seconds,
      WallShares.Share share,
      TaskWork tasks) {
    List<TableRun> runs =
        phase.kind() == Phase.Kind.TABLE
            ? made.stream().filter(run -> run.table().equals(phase.name())).toList()
            : List.of();
    return new Manifest.Work(
        step,
        phase.kind(),
        phase.name(),
        runs.isEmpty() ? null : runs.stream().mapToLong(TableRun::rowCount).sum(),
        seconds,
        runs.stream().mapToLong(TableRun::inputFileCount).sum(),
        new Cost(share.seconds(), share.planningSeconds(), tasks));
  }

  @Override
  public void close() {
    meter.close();
  }
}
