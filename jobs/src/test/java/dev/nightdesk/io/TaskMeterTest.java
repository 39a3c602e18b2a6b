package dev.nightdesk.io;

import static org.apache.spark.sql.functions.broadcast;
import static org.apache.spark.sql.functions.col;
import static org.assertj.core.api.Assertions.assertThat;

import dev.nightdesk.SparkTestBase;
import dev.nightdesk.table.SideBySide;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TaskMeterTest extends SparkTestBase {

  @TempDir Path folder;

  private String path(String name) {
    return folder.resolve(name).toUri().toString();
  }

  private Object write(String name, Dataset<Row> rows) {
    rows.write().parquet(path(name));
    return name;
  }

  private long bytes(String name) {
    try (Stream<Path> files = Files.list(folder.resolve(name))) {
      return files
          .filter(file -> file.toString().endsWith(".parquet"))
          .mapToLong(file -> file.toFile().length())
          .sum();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void aWriteIsItsRowsAndTheBytesOfItsFilesAndAReadTheSameRows() {
    try (TaskMeter meter = TaskMeter.start(spark())) {
      meter.during("write", () -> write("doors", spark().range(0, 700, 1, 2).toDF()));
      TaskWork write = meter.work().get("write");

      assertThat(write.writtenRowCount()).isEqualTo(700);
      assertThat(write.writtenByteCount()).isEqualTo(bytes("doors")).isPositive();
      assertThat(write.jobCount()).isEqualTo(1);
      assertThat(write.taskCount()).isEqualTo(2);
      assertThat(write.cpuSeconds()).isPositive();
      assertThat(write.readByteCount()).isZero();

      meter.during("read", () -> spark().read().parquet(path("doors")).collectAsList());
      TaskWork read = meter.work().get("read");

      assertThat(read.readRowCount()).isEqualTo(700);
      assertThat(read.readByteCount()).isPositive();
      assertThat(read.writtenRowCount()).isZero();
      assertThat(meter.work().get("write")).isEqualTo(write);
      assertThat(meter.stretches())
          .isNotEmpty()
          .allSatisfy(stretch -> assertThat(stretch.to()).isGreaterThanOrEqualTo(stretch.from()));
    }
  }

  @Test
  void writesSideBySideAreNotMixed() {
    try (TaskMeter meter = TaskMeter.start(spark())) {
      List<Callable<Object>> writes = new ArrayList<>();
      for (int number = 1; number <= 6; number++) {
        String name = "doors-" + number;
        Dataset<Row> rows = spark().range(0, 100 * number, 1, 3).toDF();
        writes.add(() -> meter.during(name, () -> write(name, rows)));
      }
      SideBySide.all(3, writes);

      Map<String, TaskWork> work = meter.work();
      for (int number = 1; number <= 6; number++) {
        String name = "doors-" + number;
        assertThat(work.get(name).writtenRowCount()).as(name).isEqualTo(100 * number);
        assertThat(work.get(name).writtenByteCount()).as(name).isEqualTo(bytes(name));
        assertThat(work.get(name).taskCount()).as(name).isEqualTo(3);
      }
      assertThat(work).doesNotContainKey(TaskMeter.UNNAMED);
    }
  }

  /** They run on threads that Spark keeps, which knew another purpose before. */
  @Test
  void broadcastsAndStagesOfAnAdaptivePlanAreForThePurposeOfTheirQuery() {
    SparkSession adaptive = spark().newSession();
    adaptive.conf().set("spark.sql.adaptive.enabled", "true");
    adaptive.conf().set("spark.sql.shuffle.partitions", "4");
    write("doors", spark().range(0, 700, 1, 1).toDF("door"));
    Dataset<Row> doors = adaptive.read().parquet(path("doors"));
    try (TaskMeter meter = TaskMeter.start(spark())) {
      for (String purpose : List.of("first", "second")) {
        meter.during(
            purpose,
            () ->
                doors
                    .groupBy(col("door").mod(7).as("door"))
                    .count()
                    .join(broadcast(doors.withColumnRenamed("count", "other")), "door")
                    .collectAsList());
      }

      Map<String, TaskWork> work = meter.work();
      assertThat(work).containsOnlyKeys("first", "second");
      assertThat(work.get("first").readRowCount()).isEqualTo(1400);
      assertThat(work.get("second").readRowCount()).isEqualTo(1400);
      assertThat(work.get("second").shuffledByteCount()).isPositive();
      assertThat(work.get("second").jobCount()).isGreaterThan(1);
    }
  }

  @Test
  void aMeterLeavesTheJobsOfAnotherAloneAndCountsThoseOfNobody() {
    try (TaskMeter one = TaskMeter.start(spark());
        TaskMeter other = TaskMeter.start(spark())) {
      one.during("doors", () -> write("doors", spark().range(5).toDF()));
      write("windows", spark().range(3).toDF());

      assertThat(one.work().get("doors").writtenRowCount()).isEqualTo(5);
      assertThat(other.work()).containsOnlyKeys(TaskMeter.UNNAMED);
      assertThat(other.work().get(TaskMeter.UNNAMED).writtenRowCount()).isEqualTo(3);
      assertThat(one.work().get(TaskMeter.UNNAMED).writtenRowCount()).isEqualTo(3);
    }
  }
}
