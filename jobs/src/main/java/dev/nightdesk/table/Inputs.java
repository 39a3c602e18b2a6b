package dev.nightdesk.table;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** The tables handed to {@link Table#build}, by name. */
public final class Inputs {

  private final String owner;
  private final Map<String, Dataset<Row>> tables;

  private Inputs(String owner, Map<String, Dataset<Row>> tables) {
    this.owner = owner;
    this.tables = tables;
  }

  /**
   * What {@code table} declared, taken out of {@code available}.
   *
   * @throws IllegalArgumentException if a declared input is not available
   */
  public static Inputs of(Table table, Map<String, Dataset<Row>> available) {
    Map<String, Dataset<Row>> declared = new LinkedHashMap<>();
    for (String input : table.inputs()) {
      Dataset<Row> rows = available.get(input);
      if (rows == null) {
        throw new IllegalArgumentException(
            "Table %s declares the input %s, but only %s are built before it. Move it behind its input in Warehouse."
                .formatted(table.name(), input, available.keySet()));
      }
      declared.put(input, rows);
    }
    return new Inputs(table.name(), declared);
  }

  /**
   * The rows of an input.
   *
   * @throws IllegalArgumentException if the table did not declare it
   */
  public Dataset<Row> get(String table) {
    Dataset<Row> rows = tables.get(table);
    if (rows == null) {
      throw new IllegalArgumentException(
          "Table %s asks for %s without declaring it: its inputs are %s. Add it to inputs()."
              .formatted(owner, table, tables.keySet()));
    }
    return rows;
  }

  /**
   * The rows of a small input (schedules, policies, agents) as values.
   *
   * <p>Only for tables that fit in memory many times over: they travel to every task.
   */
  public List<Row> collect(String table) {
    return get(table).collectAsList();
  }
}
