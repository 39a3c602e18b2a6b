package dev.nightdesk.contract;

import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import org.apache.spark.sql.types.MetadataBuilder;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/**
 * The promise of one table: what a row is, what names it, and every column.
 *
 * @param table the table's name
 * @param layer its folder in the warehouse
 * @param grain what one row is, in words
 * @param key the columns that name a row
 * @param owner who answers questions about it
 * @param columns its columns, in order
 * @param unit the column whose rows of one value are computed and replaced together; absent: the
 *     table is computed whole
 * @param layout the columns by which files are ranged and their rows sorted, so that a night finds
 *     what it changes in few files; empty: no order
 */
public record TableContract(
    String table,
    Layer layer,
    String grain,
    List<String> key,
    String owner,
    List<ColumnContract> columns,
    Optional<String> unit,
    List<String> layout) {

  /** A table that is computed whole and has no order. */
  public TableContract(
      String table,
      Layer layer,
      String grain,
      List<String> key,
      String owner,
      List<ColumnContract> columns) {
    this(table, layer, grain, key, owner, columns, Optional.empty(), List.of());
  }

  /** The folder that holds a table, in the order in which a night fills them. */
  public enum Layer {
    STAGED,
    DIM,
    FACT,
    KPI,
    OPERATIONS;

    /** The folder's name. */
    public String folder() {
      return name().toLowerCase(java.util.Locale.ROOT);
    }
  }

  public TableContract {
    key = List.copyOf(key);
    columns = List.copyOf(columns);
    layout = List.copyOf(layout);
    requireColumns(table, columns, "key", key);
    requireColumns(table, columns, "unit", unit.stream().toList());
    requireColumns(table, columns, "layout", layout);
  }

  private static void requireColumns(
      String table, List<ColumnContract> columns, String what, List<String> names) {
    for (String name : names) {
      if (columns.stream().noneMatch(column -> column.name().equals(name))) {
        throw new ContractViolation(
            "The contract of %s has the %s column %s, but no such column. Add the column or mend the %s."
                .formatted(table, what, name, what));
      }
    }
  }

  /** The table's columns as Spark sees them, with NOT NULL and comments. */
  public StructType schema() {
    StructType schema = new StructType();
    for (ColumnContract column : columns) {
      schema =
          schema.add(
              new StructField(
                  column.name(),
                  column.type(),
                  !column.isRequired(),
                  new MetadataBuilder().putString("comment", column.comment()).build()));
    }
    return schema;
  }

  /**
   * One column.
   *
   * @throws NoSuchElementException if there is none of that name
   */
  public ColumnContract column(String name) {
    return columns.stream()
        .filter(column -> column.name().equals(name))
        .findFirst()
        .orElseThrow(
            () -> new NoSuchElementException("%s has no column %s".formatted(table, name)));
  }
}
