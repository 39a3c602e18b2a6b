package dev.nightdesk.table;

import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.date_add;
import static org.apache.spark.sql.functions.explode;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.min;
import static org.apache.spark.sql.functions.spark_partition_id;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.timestamp_seconds;
import static org.apache.spark.sql.functions.to_date;
import static org.apache.spark.sql.functions.udf;
import static org.apache.spark.sql.functions.unix_timestamp;
import static org.apache.spark.sql.functions.when;
import static org.assertj.core.api.Assertions.assertThat;

import dev.nightdesk.SparkTestBase;
import java.sql.Date;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.api.java.UDF1;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.util.LongAccumulator;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class LayoutTest extends SparkTestBase {

  private static final Date NEW_YEAR = Date.valueOf("2026-01-01");

  private static SparkSession large;

  @BeforeAll
  static void startALargeNight() {
    large = spark().newSession();
    large.conf().set("spark.sql.shuffle.partitions", "4");
  }

  @Test
  void projectedRowsLieInOrderInRangesOfAsManyRows() {
    Dataset<Row> laidOut = Layout.inOrder(visits(40_000, 100), List.of("day", "id"));

    assertThat(ranges(laidOut, "day"))
        .as("first day, last day and number of rows of every partition")
        .containsExactly(
            "2026-01-01 2026-01-25 10000",
            "2026-01-26 2026-02-19 10000",
            "2026-02-20 2026-03-16 10000",
            "2026-03-17 2026-04-10 10000");
    assertThat(rowsOutOfOrder(laidOut)).isZero();
  }

  @Test
  void aDayOfManyRowsIsARangeAndTheDaysAfterItAreNoRangesEach() {
    Dataset<Row> visits =
        visits(40_000, 10)
            .withColumn("day", when(col("id").lt(30_000), lit(NEW_YEAR)).otherwise(col("day")));

    assertThat(ranges(Layout.inOrder(visits, List.of("day", "id")), "day"))
        .containsExactly("2026-01-01 2026-01-01 31000", "2026-01-02 2026-01-10 9000");
  }

  @Test
  void fewRowsAreOneRange() {
    assertThat(ranges(Layout.inOrder(visits(19_000, 100), List.of("day", "id")), "day"))
        .containsExactly("2026-01-01 2026-04-10 19000");
  }

  @Test
  void rowsWithoutADayAreKept() {
    Dataset<Row> visits =
        visits(40_000, 100).withColumn("day", when(col("id").geq(10), col("day")));

    assertThat(Layout.inOrder(visits, List.of("day", "id")).count()).isEqualTo(40_000);
  }

  @Test
  void rangesOfTwoColumnsAreThoseOfTheFirstAndWithinItOfTheSecond() {
    Dataset<Row> visits =
        visits(20_000, 100)
            .select(explode(array(lit("week"), lit("day"))).as("grain"), col("day"), col("id"));

    assertThat(
            ranges(
                Layout.inOrder(visits, List.of("grain", "day"))
                    .select(struct("grain", "day").cast("string").as("period")),
                "period"))
        .containsExactly(
            "{day, 2026-01-01} {day, 2026-02-19} 10000",
            "{day, 2026-02-20} {day, 2026-04-10} 10000",
            "{week, 2026-01-01} {week, 2026-02-19} 10000",
            "{week, 2026-02-20} {week, 2026-04-10} 10000");
  }

  @Test
  void ofATimeTheDayIsCounted() {
    Dataset<Row> visits =
        visits(40_000, 100)
            .withColumn("at", timestamp_seconds(unix_timestamp(col("day")).plus(col("id"))));

    Dataset<Row> laidOut = Layout.inOrder(visits, List.of("at", "id"));

    assertThat(ranges(laidOut.withColumn("day", to_date(col("at"))), "day"))
        .containsExactly(
            "2026-01-01 2026-01-25 10000",
            "2026-01-26 2026-02-19 10000",
            "2026-02-20 2026-03-16 10000",
            "2026-03-17 2026-04-10 10000");
  }

  @Test
  void whatIsProjectedIsComputedOnce() {
    LongAccumulator computed = large.sparkContext().longAccumulator();
    UDF1<Long, Long> costly =
        id -> {
          computed.add(1);
          return id;
        };

    Layout.inOrder(
            visits(40_000, 100)
                .withColumn("cost", udf(costly, DataTypes.LongType).apply(col("id"))),
            List.of("day", "id"))
        .foreach(row -> {});

    assertThat(computed.value()).isEqualTo(40_000);
  }

  @Test
  void rowsOutOfAShuffleLieInRangesToo() {
    Dataset<Row> counted = visits(40_000, 100).groupBy("day").agg(count(lit(1)).as("id"));
    Dataset<Row> laidOut = Layout.inOrder(counted, List.of("day"));

    List<String> ranges = ranges(laidOut, "day");
    assertThat(ranges).hasSizeBetween(2, 4).isSorted();
    assertThat(ranges.get(0)).startsWith("2026-01-01");
  }

  @Test
  void aSmallNightHasOnePartition() {
    SparkSession small = spark();

    assertThat(
            ranges(
                Layout.inOrder(
                    visits(small, 40_000, 100).repartition(3).toDF(), List.of("day", "id")),
                "day"))
        .containsExactly("2026-01-01 2026-04-10 40000");
  }

  private static Dataset<Row> visits(long count, int days) {
    return visits(large, count, days);
  }

  private static Dataset<Row> visits(SparkSession spark, long count, int days) {
    return spark
        .range(0, count, 1, 3)
        .select(date_add(lit(NEW_YEAR), col("id").mod(days).cast("int")).as("day"), col("id"));
  }

  private static List<String> ranges(Dataset<Row> rows, String column) {
    return rows
        .groupBy(spark_partition_id())
        .agg(min(column).as("first"), max(column).as("last"), count(lit(1)).as("count"))
        .orderBy("first")
        .collectAsList()
        .stream()
        .map(row -> row.get(1) + " " + row.get(2) + " " + row.get(3))
        .toList();
  }

  private static long rowsOutOfOrder(Dataset<Row> rows) {
    List<Row> found = rows.select("day", "id").collectAsList();
    long outOfOrder = 0;
    for (int at = 1; at < found.size(); at++) {
      int difference = found.get(at).getDate(0).compareTo(found.get(at - 1).getDate(0));
      boolean isAfter =
          difference > 0
              || (difference == 0 && found.get(at).getLong(1) > found.get(at - 1).getLong(1));
      outOfOrder += isAfter ? 0 : 1;
    }
    return outOfOrder;
  }
}
