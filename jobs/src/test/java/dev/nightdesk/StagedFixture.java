package dev.nightdesk;

import dev.nightdesk.contract.ColumnContract;
import dev.nightdesk.contract.Contracts;
import dev.nightdesk.contract.TableContract;
import java.sql.Date;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.BooleanType;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.sql.types.TimestampType;

/** Rows of tables by their contracts: name only the columns that matter. */
public final class StagedFixture {

  private StagedFixture() {}

  /** The types of a table's contract, every column nullable as Spark hands them over. */
  public static StructType schema(String table) {
    StructType schema = new StructType();
    for (ColumnContract column : Contracts.of(table).columns()) {
      schema = schema.add(column.name(), column.type());
    }
    return schema;
  }

  /**
   * A row of a staged table. Columns that are not named: source h, a version of 2021-01-01, false,
   * else null.
   *
   * @param namesAndValues column, value, column, value, …; instants as text, in UTC without zone
   */
  public static Row row(String table, Object... namesAndValues) {
    Map<String, Object> values = new HashMap<>();
    values.put("source_code", "h");
    values.put("version_at", "2021-01-01T00:00:00");
    values.put("dt", Date.valueOf("2021-01-01"));
    values.put("content_hash", "0");
    values.put("file_id", "f");
    for (int i = 0; i < namesAndValues.length; i += 2) {
      values.put((String) namesAndValues[i], namesAndValues[i + 1]);
    }
    TableContract contract = Contracts.of(table);
    List<ColumnContract> columns = contract.columns();
    Object[] row = new Object[columns.size()];
    for (int i = 0; i < row.length; i++) {
      row[i] = value(columns.get(i), values.remove(columns.get(i).name()));
    }
    values
        .keySet()
        .removeAll(List.of("source_code", "version_at", "dt", "content_hash", "file_id"));
    if (!values.isEmpty()) {
      throw new IllegalArgumentException("%s has no columns %s".formatted(table, values.keySet()));
    }
    return RowFactory.create(row);
  }

  private static Object value(ColumnContract column, Object value) {
    if (value == null && column.type() instanceof BooleanType && column.isRequired()) {
      return false;
    }
    return column.type() instanceof TimestampType && value instanceof String text
        ? at(text)
        : value;
  }

  /** An instant, from text in UTC without zone; null from null. */
  public static Timestamp at(String time) {
    return time == null ? null : Timestamp.from(Instant.parse(time + "Z"));
  }
}
