package dev.nightdesk.audit;

import java.util.Iterator;
import java.util.List;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.StructType;

/**
 * What is counted in one pass over rows in the order of the hashes of their keys.
 *
 * <p>Sorted, because nearly every row has a key of its own: an aggregate by key would put nearly
 * every row into a table of hashes, once before and once after the shuffle.
 *
 * @param rows how many there are
 * @param repeated hashes that more than one row has
 * @param broken rows that break a promise
 */
record RowCounts(long rows, long repeated, long broken) {

  /** The hash of a row's key. */
  static final String HASH = "hash";

  /** Whether a row breaks a promise. */
  static final String IS_BROKEN = "is_broken";

  private static final StructType SCHEMA =
      StructType.fromDDL("rows bigint, repeated bigint, broken bigint");

  /**
   * Counts.
   *
   * @param hashed hash, is_broken; the rows of a hash lie in one partition
   */
  static RowCounts of(Dataset<Row> hashed) {
    MapPartitionsFunction<Row, Row> count = RowCounts::ofPartition;
    return hashed
        .select(HASH, IS_BROKEN)
        .sortWithinPartitions(HASH)
        .mapPartitions(count, Encoders.row(SCHEMA))
        .collectAsList()
        .stream()
        .map(part -> new RowCounts(part.getLong(0), part.getLong(1), part.getLong(2)))
        .reduce(new RowCounts(0, 0, 0), RowCounts::plus);
  }

  private static Iterator<Row> ofPartition(Iterator<Row> sorted) {
    long rows = 0;
    long repeated = 0;
    long broken = 0;
    long hash = 0;
    long withHash = 0;
    while (sorted.hasNext()) {
      Row row = sorted.next();
      withHash = row.getLong(0) == hash ? withHash + 1 : 1;
      hash = row.getLong(0);
      rows++;
      repeated += withHash == 2 ? 1 : 0;
      broken += row.getBoolean(1) ? 1 : 0;
    }
    return List.of(RowFactory.create(rows, repeated, broken)).iterator();
  }

  private RowCounts plus(RowCounts other) {
    return new RowCounts(rows + other.rows, repeated + other.repeated, broken + other.broken);
  }
}
