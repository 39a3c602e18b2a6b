package dev.nightdesk.staged;

import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.array_append;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.concat;
import static org.apache.spark.sql.functions.from_json;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.substring;
import static org.apache.spark.sql.functions.when;

import dev.nightdesk.contract.DumpRecord;
import dev.nightdesk.contract.RawContract;
import dev.nightdesk.contract.RawField;
import dev.nightdesk.contract.RawRecord;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.function.Function;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.catalyst.expressions.XXH64;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.unsafe.types.UTF8String;

/**
 * Turns the texts of raw records into typed fields, and gathers every reason why a record must be
 * refused.
 *
 * <p>A text that cannot be read as its type is null and a reason, never a wrong value.
 *
 * <p>Written in Java, record by record, not as columns. As columns every field was a large
 * expression, which a small night spent its time on planning: without them the staging of the
 * bundled dumps took 23 s instead of 39. Only JSON of a stated form is left to Spark.
 */
final class RecordTyping {

  /** Column with the id of the file's content. */
  static final String FILE_ID = "_file_id";

  /** Column with the logical date of the extract. */
  static final String DATE = "_dt";

  /** Column with the names of fields that the contract does not know. */
  static final String UNKNOWN = "_unknown";

  /** Column with the file's path below the raw root; only of traced records. */
  static final String PATH = "_path";

  /** Column with the record's number in its file, from 1; only of traced records. */
  static final String POSITION = "_position";

  /** Column with the record as it was read; only of traced records. */
  static final String TEXT = "_text";

  /** Column with all reasons against a record; null for a good one. */
  static final String REASONS = "_reasons";

  /** Column with the hash of a record's fields. */
  static final String CONTENT_HASH = "_content_hash";

  /** Characters of a value that a reason quotes. */
  static final int LONGEST_QUOTE = 80;

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
   * Typed records: {@link #FILE_ID}, {@link #DATE}, {@link #UNKNOWN}, every field in its type,
   * {@link #REASONS} and {@link #CONTENT_HASH}.
   *
   * @param isTraced whether they tell where they stand: {@link #PATH}, {@link #POSITION} and {@link
   *     #TEXT}
   */
  Dataset<Row> typed(SparkSession spark, JavaRDD<DumpRecord> records, boolean isTraced) {
    Dataset<Row> typed =
        spark.createDataFrame(
            records.map(new ToRow(contract.fields(), texts, isTraced)), schema(isTraced));
    List<RawField> nested = contract.fields().stream().filter(RecordTyping::isNested).toList();
    return nested.isEmpty() ? typed : withNested(typed, nested);
  }

  private StructType schema(boolean isTraced) {
    StructType schema =
        new StructType()
            .add(FILE_ID, DataTypes.StringType)
            .add(DATE, DataTypes.DateType)
            .add(UNKNOWN, DataTypes.createArrayType(DataTypes.StringType));
    for (RawField field : contract.fields()) {
      schema = schema.add(field.name(), type(field));
    }
    schema =
        schema
            .add(REASONS, DataTypes.createArrayType(DataTypes.StringType))
            .add(CONTENT_HASH, DataTypes.StringType);
    return isTraced
        ? schema
            .add(PATH, DataTypes.StringType)
            .add(POSITION, DataTypes.LongType)
            .add(TEXT, DataTypes.StringType)
        : schema;
  }

  private static DataType type(RawField field) {
    return switch (field.type()) {
      case ID, TEXT, CODE, ZONE, JSON -> DataTypes.StringType;
      case INSTANT, UNIX_SECONDS -> DataTypes.TimestampType;
      case DURATION, INTEGER -> DataTypes.LongType;
      case DATE -> DataTypes.DateType;
      case NUMBER -> DataTypes.DoubleType;
      case DECIMAL -> DataTypes.createDecimalType(FieldReader.PRECISION, FieldReader.SCALE);
      case BOOLEAN -> DataTypes.BooleanType;
    };
  }

  private static boolean isNested(RawField field) {
    return field.type() == RawField.Type.JSON && !field.isJsonText();
  }

  /** JSON of a stated form, of its text. */
  private static Dataset<Row> withNested(Dataset<Row> typed, List<RawField> nested) {
    Column reasons = col(REASONS);
    List<Column> columns = new ArrayList<>();
    for (String name : typed.columns()) {
      RawField field =
          nested.stream().filter(some -> some.name().equals(name)).findFirst().orElse(null);
      if (field == null) {
        columns.add(col(name));
      } else {
        Column text = col(name);
        Column value =
            from_json(text, DataType.fromDDL(field.json()), Map.of("mode", "PERMISSIVE"));
        Column reason =
            concat(
                lit("`%s` is no JSON of the form %s: ".formatted(name, field.json())),
                substring(text, 1, LONGEST_QUOTE));
        columns.add(value.as(name));
        reasons =
            when(
                    text.isNotNull().and(value.isNull()),
                    array_append(coalesce(reasons, array()), reason))
                .otherwise(reasons);
      }
    }
    columns.set(List.of(typed.columns()).indexOf(REASONS), reasons.as(REASONS));
    return typed.select(columns.toArray(Column[]::new));
  }

  /** One record → one row of {@link #schema}. */
  private static final class ToRow implements Function<DumpRecord, Row> {

    private static final long serialVersionUID = 1L;

    /** As Spark's own hash of several columns begins. */
    private static final long SEED = 42;

    private final RawField[] fields;
    private final FieldReader reader;
    private final boolean isTraced;

    ToRow(List<RawField> fields, TextForms texts, boolean isTraced) {
      this.fields = fields.toArray(RawField[]::new);
      this.reader = new FieldReader(texts);
      this.isTraced = isTraced;
    }

    @Override
    public Row call(DumpRecord dumpRecord) {
      RawRecord raw = dumpRecord.record();
      Object[] row = new Object[3 + fields.length + (isTraced ? 5 : 2)];
      int at = 0;
      row[at++] = dumpRecord.fileId();
      row[at++] = dumpRecord.date();
      row[at++] = raw.unknown().toArray(String[]::new);
      List<String> reasons = new ArrayList<>(0);
      if (raw.problem() != null) {
        reasons.add(raw.problem());
      }
      Instant end = endOf(dumpRecord.date());
      long hash = SEED;
      for (RawField field : fields) {
        String whole = raw.values().get(field.name());
        if (whole != null) {
          hash = hash(whole, hash);
        }
        String text = FieldReader.withoutBlanks(whole);
        Object value = text == null ? null : reader.value(field, text);
        row[at++] = value;
        // A record that is unreadable as a whole has no fields to complain about.
        String reason = raw.problem() == null ? reason(field, text, value, end) : null;
        if (reason != null) {
          reasons.add(reason);
        }
      }
      row[at++] = reasons.isEmpty() ? null : reasons.toArray(String[]::new);
      row[at++] = Long.toHexString(hash).toUpperCase(Locale.ROOT);
      if (isTraced) {
        row[at++] = dumpRecord.path();
        row[at++] = raw.position();
        row[at] = raw.text();
      }
      return RowFactory.create(row);
    }

    private static long hash(String text, long seed) {
      UTF8String bytes = UTF8String.fromString(text);
      return XXH64.hashUnsafeBytes(
          bytes.getBaseObject(), bytes.getBaseOffset(), bytes.numBytes(), seed);
    }

    /** Null if the field is good. */
    private String reason(RawField field, String text, Object value, Instant end) {
      if (text == null) {
        return field.isRequired() ? "`" + field.name() + "` is missing" : null;
      }
      if (value == null) {
        return quoted(field, reader.problem(field, text), text);
      }
      return value instanceof Instant instant && !field.mayBeFuture() && !instant.isBefore(end)
          ? quoted(field, "lies after its dump", text)
          : null;
    }

    /** An extract made after midnight may hold the first hours of the next day, but not more. */
    private static Instant endOf(LocalDate date) {
      return date.plusDays(2).atStartOfDay().toInstant(ZoneOffset.UTC);
    }

    private static String quoted(RawField field, String problem, String text) {
      int characters = Math.min(LONGEST_QUOTE, text.codePointCount(0, text.length()));
      return "`%s` %s: %s"
          .formatted(
              field.name(), problem, text.substring(0, text.offsetByCodePoints(0, characters)));
    }
  }
}
