package dev.nightdesk.run;

import dev.nightdesk.report.TextTable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Row;
import scala.jdk.javaapi.CollectionConverters;

/** How {@code sql} prints its answer. */
enum RowFormat {
  TABLE,
  CSV,
  JSON;

  /** The answer as text. */
  String text(String[] columns, List<Row> rows) {
    List<List<?>> values = new ArrayList<>();
    for (Row row : rows) {
      List<Object> cells = new ArrayList<>();
      for (int i = 0; i < row.size(); i++) {
        cells.add(plain(row.get(i)));
      }
      values.add(cells);
    }
    TextTable table = TextTable.of(Arrays.asList(columns), values);
    return switch (this) {
      case TABLE -> table.aligned();
      case CSV -> table.csv();
      case JSON -> table.jsonLines();
    };
  }

  /** Spark gives Scala's collections and rows; texts are made of Java's. */
  private static Object plain(Object value) {
    if (value instanceof scala.collection.Seq<?> list) {
      return CollectionConverters.asJava(list).stream().map(RowFormat::plain).toList();
    }
    if (value instanceof scala.collection.Map<?, ?> map) {
      Map<String, Object> plain = new LinkedHashMap<>();
      CollectionConverters.asJava(map)
          .forEach((key, each) -> plain.put(String.valueOf(key), plain(each)));
      return plain;
    }
    if (value instanceof Row row) {
      Map<String, Object> plain = new LinkedHashMap<>();
      for (int i = 0; i < row.size(); i++) {
        plain.put(row.schema().fields()[i].name(), plain(row.get(i)));
      }
      return plain;
    }
    return value;
  }
}
