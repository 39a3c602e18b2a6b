package dev.nightdesk.io;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.sum;
import static org.assertj.core.api.Assertions.assertThat;

import dev.nightdesk.SparkTestBase;
import java.nio.file.Path;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OnePartitionTest extends SparkTestBase {

  @TempDir static Path folder;

  @AfterEach
  void goOnAsAllTests() {
    OnePartition.use(spark(), true);
  }

  /** Sums over the files of two folders, joined with names. */
  private static Dataset<Row> query() {
    Dataset<Row> one = written("one", RowFactory.create("a", 1), RowFactory.create("b", 2));
    Dataset<Row> two = written("two", RowFactory.create("a", 10), RowFactory.create("c", 20));
    Dataset<Row> names =
        rows(
            "key string, name string",
            RowFactory.create("a", "Ann"),
            RowFactory.create("b", "Bob"));
    return one.filter(col("value").gt(0))
        .union(two.select("key", "value"))
        .groupBy("key")
        .agg(sum("value").as("total"))
        .join(names, "key");
  }

  private static Dataset<Row> written(String name, Row... rows) {
    String path = folder.resolve(name).toString();
    rows("key string, value int, unused string", widened(rows))
        .repartition(2)
        .write()
        .mode("overwrite")
        .parquet(path);
    return spark().read().parquet(path).select("key", "value");
  }

  private static Row[] widened(Row... rows) {
    Row[] wide = new Row[rows.length];
    for (int i = 0; i < rows.length; i++) {
      wide[i] = RowFactory.create(rows[i].get(0), rows[i].get(1), "unused");
    }
    return wide;
  }

  private static String plan(Dataset<Row> rows) {
    return rows.queryExecution().executedPlan().toString();
  }

  @Test
  void filesAndUnionsLieInOnePartitionSoThatNothingIsShuffled() {
    Dataset<Row> query = query();

    assertThat(query.rdd().getNumPartitions()).isEqualTo(1);
    assertThat(plan(query)).contains("Coalesce 1").doesNotContain("Exchange");
    assertSameRows(
        rows(
            "key string, total bigint, name string",
            RowFactory.create("a", 11L, "Ann"),
            RowFactory.create("b", 2L, "Bob")),
        query);
  }

  @Test
  void aScanStillReadsTheColumnsAndRowsThatAreAskedFor() {
    assertThat(plan(query()))
        .contains("PushedFilters: [IsNotNull(value), GreaterThan(value,0)")
        .contains("ReadSchema: struct<key:string,value:int>");
  }

  @Test
  void aSessionThatDoesNotWantItShuffles() {
    OnePartition.use(spark(), false);

    assertThat(plan(query())).contains("Exchange").doesNotContain("Coalesce");
  }
}
