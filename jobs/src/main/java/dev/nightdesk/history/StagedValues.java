package dev.nightdesk.history;

import dev.nightdesk.logic.Micros;
import java.sql.Date;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Row;

/** Reads the values of staged rows that were collected. */
final class StagedValues {

  private StagedValues() {}

  /** The newest version per key, by version_at, dt and content_hash. */
  static Collection<Row> newest(List<Row> versions, String... key) {
    Comparator<Row> byVersion =
        Comparator.comparing((Row row) -> micros(row.getAs("version_at")))
            .thenComparing(row -> date(row.getAs("dt")))
            .thenComparing(row -> row.<String>getAs("content_hash"));
    Map<List<Object>, Row> newest = new LinkedHashMap<>();
    for (Row row : versions) {
      List<Object> values =
          Arrays.asList(Arrays.stream(key).map(name -> row.get(row.fieldIndex(name))).toArray());
      newest.merge(values, row, (a, b) -> byVersion.compare(a, b) >= 0 ? a : b);
    }
    return newest.values();
  }

  static List<Row> structs(Row row, String column) {
    int index = row.fieldIndex(column);
    return row.isNullAt(index) ? List.of() : row.getList(index);
  }

  static List<String> texts(Row row, String column) {
    int index = row.fieldIndex(column);
    return row.isNullAt(index) ? List.of() : row.getList(index);
  }

  /** A collected instant, in whichever of its two forms the session hands it out. */
  static Long micros(Object instant) {
    if (instant == null) {
      return null;
    }
    return Micros.of(
        instant instanceof Timestamp timestamp ? timestamp.toInstant() : (Instant) instant);
  }

  static LocalDate date(Object day) {
    return day instanceof Date date ? date.toLocalDate() : (LocalDate) day;
  }
}
