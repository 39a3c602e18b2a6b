package dev.nightdesk.table;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nightdesk.SparkTestBase;
import java.util.List;
import java.util.stream.LongStream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;

class UnionsTest extends SparkTestBase {

  @Test
  void allRowsComeInTheOrderOfTheirDataSetsAlsoThoseThatAreEqual() {
    for (int count = 1; count <= 5; count++) {
      List<Dataset<Row>> all =
          LongStream.range(0, count)
              .mapToObj(each -> spark().range(each, each + 2).toDF())
              .toList();
      List<Long> expected =
          LongStream.range(0, count)
              .flatMap(each -> LongStream.of(each, each + 1))
              .boxed()
              .toList();

      assertThat(Unions.of(all).as(Encoders.LONG()).collectAsList()).isEqualTo(expected);
    }
  }
}
