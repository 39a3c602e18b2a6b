package dev.nightdesk.run;

import dev.nightdesk.report.TextTable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.sql.Row;

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
        cells.add(row.get(i));
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
}
