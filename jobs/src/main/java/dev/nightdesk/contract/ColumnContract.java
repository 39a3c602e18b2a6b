package dev.nightdesk.contract;

import java.util.List;
import java.util.Objects;
import org.apache.spark.sql.types.DataType;

/**
 * The promise of one column.
 *
 * @param name the column
 * @param type its Spark type
 * @param isRequired true for NOT NULL
 * @param unit what a number counts; empty where the name says it
 * @param codes the closed list of values; empty for an open one
 * @param description meaning, and the meaning of null
 * @param checks what an audit holds its values against
 */
public record ColumnContract(
    String name,
    DataType type,
    boolean isRequired,
    String unit,
    List<String> codes,
    String description,
    ColumnChecks checks) {

  /** A column without references, order or unbounded ratio. */
  public ColumnContract(
      String name,
      DataType type,
      boolean isRequired,
      String unit,
      List<String> codes,
      String description) {
    this(name, type, isRequired, unit, codes, description, ColumnChecks.NONE);
  }

  public ColumnContract {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(type, "type");
    codes = List.copyOf(codes);
    Objects.requireNonNull(checks, "checks");
  }

  /** The description with the unit, as it becomes the column's comment. */
  public String comment() {
    return unit.isEmpty() ? description : description + " Unit: " + unit + ".";
  }
}
