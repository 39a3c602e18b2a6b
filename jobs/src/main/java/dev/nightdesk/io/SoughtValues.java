package dev.nightdesk.io;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.date_format;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;
import java.util.NavigableSet;
import java.util.TreeSet;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.delta.actions.AddFile;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.unsafe.types.UTF8String;

/**
 * Texts, dates or instants of one column by which rows are looked for, so that files are left out
 * that cannot hold any.
 *
 * <p>The least and the greatest value of each file are in Delta's log, so that no file is opened
 * and no job is run for it. It pays because what belongs together lies together: facts by day, and
 * the records of a ticket in the dumps of a few days.
 */
public final class SoughtValues {

  /** About what is held without a thought; a night that looks for more reads all files. */
  private static final int MOST = 100_000;

  private static final ObjectMapper JSON = new ObjectMapper();

  private final String column;

  /** In the order in which Spark compares texts; empty if {@link #isAny}. */
  private final NavigableSet<UTF8String> values = new TreeSet<>();

  private final boolean isAny;

  private SoughtValues(String column, List<Row> values) {
    this.column = column;
    this.isAny = values.size() > MOST;
    if (!isAny) {
      values.forEach(row -> this.values.add(UTF8String.fromString(row.getString(0))));
    }
  }

  /**
   * The values of a column; nulls are not looked for. By what is no text, date or instant no file
   * is left out. It is a job, so it is for rows that are kept.
   */
  public static SoughtValues of(Dataset<Row> rows, String column) {
    return new SoughtValues(
        column,
        rows.select(inLog(rows, column).as(column))
            .filter(col(column).isNotNull())
            .distinct()
            .limit(MOST + 1)
            .collectAsList());
  }

  /** As the log has them: of instants the milliseconds, of which the rest is cut off. */
  private static Column inLog(Dataset<Row> rows, String column) {
    return rows.schema().apply(column).dataType().equals(DataTypes.TimestampType)
        ? date_format(col(column), "yyyy-MM-dd'T'HH:mm:ss.SSS'Z'")
        : col(column).cast("string");
  }

  /** The files that may hold a row with one of the values, those without statistics among them. */
  List<AddFile> mayHold(List<AddFile> files) {
    return isAny ? files : files.stream().filter(this::mayHold).toList();
  }

  private boolean mayHold(AddFile file) {
    JsonNode statistics = statistics(file);
    JsonNode least = statistics.path("minValues").path(column);
    JsonNode greatest = statistics.path("maxValues").path(column);
    if (!least.isTextual() || !greatest.isTextual()) {
      return true;
    }
    UTF8String next = values.ceiling(UTF8String.fromString(least.textValue()));
    return next != null && next.compareTo(UTF8String.fromString(greatest.textValue())) <= 0;
  }

  private static JsonNode statistics(AddFile file) {
    try {
      return JSON.readTree(file.stats() == null ? "{}" : file.stats());
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(
          "The statistics of %s in its table's log are no JSON: %s"
              .formatted(file.path(), e.getOriginalMessage()),
          e);
    }
  }
}
