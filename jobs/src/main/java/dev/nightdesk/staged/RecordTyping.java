package dev.nightdesk.staged;

import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.array_compact;
import static org.apache.spark.sql.functions.array_join;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.concat;
import static org.apache.spark.sql.functions.date_add;
import static org.apache.spark.sql.functions.from_json;
import static org.apache.spark.sql.functions.hex;
import static org.apache.spark.sql.functions.length;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.lower;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.nullif;
import static org.apache.spark.sql.functions.regexp_replace;
import static org.apache.spark.sql.functions.substring;
import static org.apache.spark.sql.functions.timestamp_micros;
import static org.apache.spark.sql.functions.translate;
import static org.apache.spark.sql.functions.trim;
import static org.apache.spark.sql.functions.udf;
import static org.apache.spark.sql.functions.when;
import static org.apache.spark.sql.functions.xxhash64;

import dev.nightdesk.contract.RawContract;
import dev.nightdesk.contract.RawField;
import dev.nightdesk.logic.Durations;
import dev.nightdesk.logic.Instants;
import dev.nightdesk.logic.TimeZones;
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

  /** Column with all reasons against a record; null for a good one. */
  static final String REASONS = "_reasons";

  /** Column with the hash of a record's fields. */
  static final String CONTENT_HASH = "_content_hash";

  /** Characters of a value that a reason quotes. */
  static final int LONGEST_QUOTE = 80;

  /** Spreadsheets show six digits of a large number and lose the others; programs write all. */
  private static final int LEAST_MANTISSA = 9;

  private final RawContract contract;
  private final TextForms texts;

  /**
   * @param contract what the records should look like
   * @param texts how the source's texts are understood
   */
  RecordTyping(RawContract contract, TextForms texts) {
    this.contract = contract;
    this.texts = texts;
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
    // Only of a refused record are the reasons gathered: Spark evaluates functions of arrays
    // without generated code, and with them everything below.
    Column[] all = reasons.toArray(Column[]::new);
    columns.add(when(coalesce(all).isNotNull(), array_compact(array(all))).as(REASONS));
    columns.add(hex(xxhash64(texts.toArray(Column[]::new))).as(CONTENT_HASH));
    return records.select(columns.toArray(Column[]::new));
  }

  private Column value(RawField field, Column text) {
    return switch (field.type()) {
      case ID -> id(text);
      case TEXT -> text;
      case CODE -> when(lower(text).isin(field.codes().toArray()), lower(text));
      case INSTANT -> timestamp_micros(instantMicros().apply(text));
      case UNIX_SECONDS -> timestamp_micros(unixMicros().apply(text));
      case DURATION -> durationSeconds().apply(number(text));
      case DATE -> text.try_cast("date");
      case INTEGER -> whole(number(text)).try_cast("bigint");
      case NUMBER -> finite(number(text).try_cast("double"));
      case DECIMAL -> number(text).try_cast("decimal(19,4)");
      case BOOLEAN ->
          when(lower(text).isin("true", "1", "yes"), lit(true))
              .when(lower(text).isin("false", "0", "no"), lit(false));
      case JSON ->
          field.isJsonText()
              ? text
              : from_json(text, DataType.fromDDL(field.json()), Map.of("mode", "PERMISSIVE"));
      case ZONE -> zone().apply(text);
    };
  }

  /**
   * An id that some program took for a number: without its decimals, and without exponent as long
   * as no digit was rounded away. Of a global id the last part.
   */
  private static Column id(Column text) {
    Column mantissa = regexp_replace(text, "[eE].*$", "");
    // Most ids have none of these characters, and a search for one is far cheaper than a pattern.
    Column isPlain =
        not(
            text.contains("e")
                .or(text.contains("E"))
                .or(text.contains("."))
                .or(text.contains("/")));
    return when(isPlain, text)
        .when(
            text.rlike("^\\d(\\.\\d+)?[eE]\\+?\\d{1,3}$"),
            when(
                length(mantissa).geq(LEAST_MANTISSA),
                text.try_cast("decimal(38,0)").cast("string")))
        .otherwise(
            regexp_replace(
                regexp_replace(text, "^(\\d+)\\.0+$", "$1"),
                "^gid://[^/]+/[^/]+/([^?]+).*$",
                "$1"));
  }

  private Column number(Column text) {
    return texts.isDecimalComma() ? translate(text, ",.", ".") : text;
  }

  private static Column whole(Column number) {
    return when(number.contains("."), regexp_replace(number, "\\.0+$", "")).otherwise(number);
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
    boolean isInstant =
        field.type() == RawField.Type.INSTANT || field.type() == RawField.Type.UNIX_SECONDS;
    if (isInstant && !field.mayBeFuture()) {
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
      case UNIX_SECONDS -> lit("is no number of seconds since 1970 that lies after 2000");
      case DURATION ->
          lit(
              "is no length of time: a number of "
                  + texts.durations().unit()
                  + ", h:mm:ss, or ISO 8601");
      case CODE -> lit("is none of " + String.join(", ", field.codes()));
      case ZONE -> lit("is no time zone, neither by its IANA nor by its Rails name");
      case DATE -> lit("is no ISO 8601 day");
      case INTEGER -> lit("is no whole number");
      case NUMBER, DECIMAL -> lit("is no finite number");
      case BOOLEAN -> lit("is neither true nor false");
      case JSON -> lit("is no JSON of the form " + field.json());
      case ID -> lit("is an id that was rounded to a number with an exponent");
      case TEXT -> lit("is unreadable");
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
    Instants instants = texts.instants();
    return udf((UDF1<String, Long>) instants::micros, DataTypes.LongType);
  }

  private UserDefinedFunction instantProblem() {
    Instants instants = texts.instants();
    return udf((UDF1<String, String>) instants::problem, DataTypes.StringType);
  }

  private static UserDefinedFunction unixMicros() {
    return udf((UDF1<String, Long>) Instants::microsOfUnixSeconds, DataTypes.LongType);
  }

  private UserDefinedFunction durationSeconds() {
    Durations durations = texts.durations();
    return udf((UDF1<String, Long>) durations::seconds, DataTypes.LongType);
  }

  private static UserDefinedFunction zone() {
    return udf((UDF1<String, String>) TimeZones::iana, DataTypes.StringType);
  }
}
