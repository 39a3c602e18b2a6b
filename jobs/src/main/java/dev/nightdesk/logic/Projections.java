package dev.nightdesk.logic;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.explode;
import static org.apache.spark.sql.functions.timestamp_micros;
import static org.apache.spark.sql.functions.unix_micros;

import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.Set;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * Rows of the tickets' histories as rows of tables, and back: instants in microseconds become
 * timestamps.
 */
public final class Projections {

  private Projections() {}

  /** One row per row of {@code histories}, with these columns. */
  public static Dataset<Row> of(Dataset<Row> histories, String... columns) {
    return histories.select(
        Arrays.stream(columns)
            .map(name -> published(name, name, histories.schema()))
            .toArray(Column[]::new));
  }

  /**
   * One row per entry of a list column. A column is the entry's field of that name, else the
   * history's.
   *
   * @param list the name of an array of structs
   */
  public static Dataset<Row> ofEach(Dataset<Row> histories, String list, String... columns) {
    StructType entry =
        (StructType) ((ArrayType) histories.schema().apply(list).dataType()).elementType();
    Set<String> fields = new LinkedHashSet<>(Arrays.asList(entry.fieldNames()));
    Column[] kept =
        Arrays.stream(columns)
            .filter(name -> !fields.contains(name))
            .map(name -> col(name))
            .toArray(Column[]::new);
    Column[] keptAndEntry = Arrays.copyOf(kept, kept.length + 1);
    keptAndEntry[kept.length] = explode(col(list)).as("_entry");
    return histories
        .select(keptAndEntry)
        .select(
            Arrays.stream(columns)
                .map(
                    name ->
                        fields.contains(name)
                            ? published(name, "_entry." + name, entry)
                            : published(name, name, histories.schema()))
                .toArray(Column[]::new));
  }

  /** Rows of a table as a history has them: timestamps ({@code _at}) become microseconds. */
  public static Dataset<Row> inMicros(Dataset<Row> rows) {
    return rows.select(
        Arrays.stream(rows.schema().fields())
            .map(
                field ->
                    field.name().endsWith("_at")
                        ? unix_micros(col(field.name())).as(field.name())
                        : col(field.name()))
            .toArray(Column[]::new));
  }

  private static Column published(String name, String path, StructType schema) {
    boolean isInstant =
        name.endsWith("_at") && schema.apply(name).dataType().equals(DataTypes.LongType);
    return (isInstant ? timestamp_micros(col(path)) : col(path)).as(name);
  }
}
