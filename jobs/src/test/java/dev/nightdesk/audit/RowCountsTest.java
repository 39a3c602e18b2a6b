package dev.nightdesk.audit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nightdesk.SparkTestBase;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.junit.jupiter.api.Test;

class RowCountsTest extends SparkTestBase {

  private static RowCounts counts(Row... hashed) {
    return RowCounts.of(rows("hash bigint, is_broken boolean", hashed));
  }

  private static Row row(long hash, boolean isBroken) {
    return RowFactory.create(hash, isBroken);
  }

  @Test
  void aHashCountsOnceHoweverOftenItIsRepeated() {
    assertThat(counts(row(7, false), row(-3, false), row(7, false), row(7, false), row(-3, false)))
        .isEqualTo(new RowCounts(5, 2, 0));
  }

  @Test
  void zeroIsAHashLikeOthers() {
    assertThat(counts(row(0, false), row(1, false))).isEqualTo(new RowCounts(2, 0, 0));
    assertThat(counts(row(0, false), row(0, false))).isEqualTo(new RowCounts(2, 1, 0));
  }

  @Test
  void everyBrokenRowCounts() {
    assertThat(counts(row(1, true), row(2, false), row(3, true))).isEqualTo(new RowCounts(3, 0, 2));
  }

  @Test
  void noRowsCountNothing() {
    assertThat(counts()).isEqualTo(new RowCounts(0, 0, 0));
  }
}
