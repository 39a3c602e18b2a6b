package dev.nightdesk.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamWriteFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.nightdesk.report.Grid.Side;
import java.math.BigDecimal;
import java.sql.Date;
import java.sql.Timestamp;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Rows of values under named columns, as text in three formats.
 *
 * <p>Values are text, numbers, booleans, dates and instants, byte arrays, and lists and maps of
 * these; anything else is written by its {@code toString}. Instants are ISO-8601 in UTC.
 */
public final class TextTable {

  private static final ObjectMapper JSON =
      JsonMapper.builder().enable(StreamWriteFeature.WRITE_BIGDECIMAL_AS_PLAIN).build();

  /** What a spreadsheet takes for the start of a formula. */
  private static final String FORMULA_STARTS = "=+-@\t\r";

  private static final int TITLE_WIDTH = 60;

  private final List<String> columns;
  private final List<List<Object>> rows;

  private TextTable(List<String> columns, List<List<Object>> rows) {
    this.columns = columns;
    this.rows = rows;
  }

  /**
   * A table.
   *
   * @param columns their names, which may repeat
   * @param rows a value per column; null is unknown
   * @throws IllegalArgumentException if a row has more or fewer values than there are columns
   */
  public static TextTable of(List<String> columns, List<? extends List<?>> rows) {
    List<List<Object>> plain = new ArrayList<>();
    for (List<?> row : rows) {
      if (row.size() != columns.size()) {
        throw new IllegalArgumentException(
            "A row of %d values does not fit the columns %s".formatted(row.size(), columns));
      }
      List<Object> values = new ArrayList<>();
      row.forEach(value -> values.add(plain(value)));
      plain.add(Collections.unmodifiableList(values));
    }
    return new TextTable(List.copyOf(columns), List.copyOf(plain));
  }

  /** For people: aligned columns, numbers to the right, – for null, the number of rows below. */
  public String aligned() {
    List<Side> sides = new ArrayList<>();
    for (int i = 0; i < columns.size(); i++) {
      sides.add(isNumeric(i) ? Side.RIGHT : Side.LEFT);
    }
    Grid grid = new Grid(sides).addTitles(columns, TITLE_WIDTH).addRule();
    for (List<Object> row : rows) {
      grid.add(row.stream().map(value -> value == null ? "–" : text(value)).toList());
    }
    return grid.text() + "(" + counted(rows.size(), "row") + ")\n";
  }

  /**
   * For other programs: a line of names, then a line per row, by RFC 4180 with line feeds.
   *
   * <p>Null is empty, empty text is {@code ""}. Text that a spreadsheet would take for a formula
   * gets an apostrophe in front; numbers stay as they are.
   */
  public String csv() {
    StringBuilder csv = new StringBuilder();
    csv.append(columns.stream().map(TextTable::csvText).collect(Collectors.joining(",")));
    csv.append('\n');
    for (List<Object> row : rows) {
      csv.append(row.stream().map(TextTable::csvValue).collect(Collectors.joining(",")));
      csv.append('\n');
    }
    return csv.toString();
  }

  /** For other programs: a JSON object a line. A name that repeats gets its number: n, n_2. */
  public String jsonLines() {
    List<String> names = new ArrayList<>();
    for (String column : columns) {
      String name = column;
      for (int i = 2; names.contains(name); i++) {
        name = column + "_" + i;
      }
      names.add(name);
    }
    StringBuilder lines = new StringBuilder();
    for (List<Object> row : rows) {
      Map<String, Object> object = new LinkedHashMap<>();
      for (int i = 0; i < names.size(); i++) {
        object.put(names.get(i), row.get(i));
      }
      lines.append(json(object)).append('\n');
    }
    return lines.toString();
  }

  private boolean isNumeric(int column) {
    return rows.stream().map(row -> row.get(column)).anyMatch(Number.class::isInstance);
  }

  /** Null, text, number, boolean, byte array, or a list or map of these. */
  private static Object plain(Object value) {
    if (value == null
        || value instanceof String
        || value instanceof Number
        || value instanceof Boolean
        || value instanceof byte[]) {
      return value;
    }
    if (value instanceof Timestamp timestamp) {
      return timestamp.toInstant().toString();
    }
    if (value instanceof Date date) {
      return date.toLocalDate().toString();
    }
    if (value instanceof List<?> list) {
      List<Object> plain = new ArrayList<>();
      list.forEach(each -> plain.add(plain(each)));
      return plain;
    }
    if (value instanceof Map<?, ?> map) {
      Map<String, Object> plain = new LinkedHashMap<>();
      map.forEach((key, each) -> plain.put(String.valueOf(key), plain(each)));
      return plain;
    }
    return value.toString();
  }

  private static String text(Object value) {
    if (value instanceof String text) {
      return text;
    }
    if (value instanceof BigDecimal decimal) {
      return decimal.toPlainString();
    }
    if (value instanceof Double || value instanceof Float) {
      double number = ((Number) value).doubleValue();
      return Double.isFinite(number)
          ? new BigDecimal(value.toString()).toPlainString()
          : value.toString();
    }
    if (value instanceof Number || value instanceof Boolean) {
      return value.toString();
    }
    return json(value);
  }

  private static String csvValue(Object value) {
    if (value == null) {
      return "";
    }
    return value instanceof Number ? text(value) : csvText(text(value));
  }

  private static String csvText(String text) {
    String safe =
        !text.isEmpty() && FORMULA_STARTS.indexOf(text.charAt(0)) >= 0 ? "'" + text : text;
    boolean isQuoted =
        safe.isEmpty()
            || safe.chars().anyMatch(c -> c == ',' || c == '"' || c == '\n' || c == '\r');
    return isQuoted ? '"' + safe.replace("\"", "\"\"") + '"' : safe;
  }

  private static String json(Object value) {
    try {
      return JSON.writeValueAsString(value);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("A value cannot be written as JSON: " + value, e);
    }
  }

  static String counted(long count, String noun) {
    return "%s %s%s"
        .formatted(count == 0 ? "no" : Figures.grouped(count), noun, count == 1 ? "" : "s");
  }
}
