package dev.nightdesk.staged;

import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.array_compact;
import static org.apache.spark.sql.functions.array_join;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.concat;
import static org.apache.spark.sql.functions.date_add;
import static org.apache.spark.sql.functions.from_json;
import static org.apache.spark.sql.functions.hex;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.lower;
import static org.apache.spark.sql.functions.nullif;
import static org.apache.spark.sql.functions.regexp_replace;
import static org.apache.spark.sql.functions.substring;
import static org.apache.spark.sql.functions.timestamp_micros;
import static org.apache.spark.sql.functions.trim;
import static org.apache.spark.sql.functions.udf;
import static org.apache.spark.sql.functions.when;
import static org.apache.spark.sql.functions.xxhash64;

import dev.nightdesk.contract.RawContract;
import dev.nightdesk.contract.RawField;
import dev.nightdesk.logic.Instants;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.api.java.UDF1;
import org.apache.spark.sql.expressions.UserDefinedFunction;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;

/**
 * Turns the texts of raw records into typed fields, and gathers every reason why a record must be
 * refused.
 *
 * <p>A text that cannot be read as its type is null and a reason, never a wrong value.
 */
final class RecordTyping {

  /** Column with all reasons against a record; empty for a good one. */
  static final String REASONS = "_reasons";

  /** Column with the hash of a record's fields. */
  static final String CONTENT_HASH = "_content_hash";

  private static final int LONGEST_QUOTE = 80;

  private final RawContract contract;
  private final ZoneId zone;

  /**
   * @param contract what the records should look like
   * @param zone the zone of instants without offset; null if they must have one
   */
  RecordTyping(RawContract contract, ZoneId zone) {
    this.contract = contract;
    this.zone = zone;
  }

  /**
   * Typed records: the technical columns of the reader, every field in its type, {@link #REASONS}
   * and {@link #CONTENT_HASH}.
   *
   * @param records the reader's rows, every field a text
   */
  Dataset<Row> typed(Dataset<Row> records) {
    List<Column> columns = new ArrayList<>();
    for (String column : List.of("_file_id", "_dt", "_path", "_position", "_text", "_unknown")) {
      columns.add(col(column));
    }
    List<Column> reasons = new ArrayList<>();
    reasons.add(col("_problem"));
    List<Column> texts = new ArrayList<>();
    for (RawField field : contract.fields()) {
      Column text = nullif(trim(col(field.name())), lit(""));
      Column value = value(field, text);
      columns.add(value.as(field.name()));
      texts.add(col(field.name()));
      // A record that is unreadable as a whole has no fields to complain about.
      reasons.add(when(col("_problem").isNull(), reason(field, text, value)));
    }
    columns.add(array_compact(array(reasons.toArray(Column[]::new))).as(REASONS));
    columns.add(hex(xxhash64(texts.toArray(Column[]::new))).as(CONTENT_HASH));
    return records.select(columns.toArray(Column[]::new));
  }

  private Column value(RawField field, Column text) {
    return switch (field.type()) {
      case ID -> regexp_replace(text, "^(\\d+)\\.0+$", "$1");
      case TEXT -> text;
      case CODE -> when(lower(text).isin(field.codes().toArray()), lower(text));
      case INSTANT -> timestamp_micros(instantMicros().apply(text));
      case DATE -> text.try_cast("date");
      case INTEGER -> regexp_replace(text, "\\.0+$", "").try_cast("bigint");
      case NUMBER -> finite(text.try_cast("double"));
      case DECIMAL -> text.try_cast("decimal(19,4)");
      case BOOLEAN ->
          when(lower(text).isin("true", "1", "yes"), lit(true))
              .when(lower(text).isin("false", "0", "no"), lit(false));
      case JSON -> from_json(text, DataType.fromDDL(field.json()), Map.of("mode", "PERMISSIVE"));
      case ZONE -> when(zoneProblem().apply(text).isNull(), text);
    };
  }

  private static Column finite(Column number) {
    return when(number.between(lit(-Double.MAX_VALUE), lit(Double.MAX_VALUE)), number);
  }

  /** Null if the field is good. */
  private Column reason(RawField field, Column text, Column value) {
    Column reason =
        when(text.isNotNull().and(value.isNull()), quoted(field, text, problem(field, text)));
    if (field.isRequired()) {
      reason = when(text.isNull(), lit("`" + field.name() + "` is missing")).otherwise(reason);
    }
    if (field.type() == RawField.Type.INSTANT && !field.mayBeFuture()) {
      // An extract made after midnight may hold the first hours of the next day, but not more.
      reason =
          when(
                  value.geq(date_add(col("_dt"), 2).cast("timestamp")),
                  quoted(field, text, lit("lies after its dump")))
              .otherwise(reason);
    }
    return reason;
  }

  private Column problem(RawField field, Column text) {
    return switch (field.type()) {
      case INSTANT -> instantProblem().apply(text);
      case CODE -> lit("is none of " + String.join(", ", field.codes()));
      case ZONE -> zoneProblem().apply(text);
      case DATE -> lit("is no ISO 8601 day");
      case INTEGER -> lit("is no whole number");
      case NUMBER, DECIMAL -> lit("is no finite number");
      case BOOLEAN -> lit("is neither true nor false");
      case JSON -> lit("is no JSON of the form " + field.json());
      case ID, TEXT -> lit("is unreadable");
    };
  }

  private static Column quoted(RawField field, Column text, Column problem) {
    return concat(
        lit("`" + field.name() + "` "), problem, lit(": "), substring(text, 1, LONGEST_QUOTE));
  }

  /** All reasons in one text. */
  static Column reasonsText() {
    return array_join(col(REASONS), "; ");
  }

  private UserDefinedFunction instantMicros() {
    ZoneId ofTexts = zone;
    return udf((UDF1<String, Long>) text -> Instants.micros(text, ofTexts), DataTypes.LongType);
  }

  private UserDefinedFunction instantProblem() {
    ZoneId ofTexts = zone;
    return udf(
        (UDF1<String, String>) text -> Instants.problem(text, ofTexts), DataTypes.StringType);
  }

  private static UserDefinedFunction zoneProblem() {
    return udf(
        (UDF1<String, String>)
            text -> {
              if (text == null) {
                return null;
              }
              try {
                ZoneId.of(text);
                return null;
              } catch (DateTimeException e) {
                return "is no IANA time zone";
              }
            },
        DataTypes.StringType);
  }
}
