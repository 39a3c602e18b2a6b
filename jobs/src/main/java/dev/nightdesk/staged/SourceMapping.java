package dev.nightdesk.staged;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.not;

import dev.nightdesk.contract.ContractViolation;
import dev.nightdesk.contract.DumpRecord;
import dev.nightdesk.contract.RawContract;
import dev.nightdesk.contract.SqlParameters;
import dev.nightdesk.contract.TableContract;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructField;

/**
 * How the records of one entity of one configured source become staged rows: typing, checks, and
 * the mapping SQL of {@code schemas/raw/<type>/<entity>.<staged entity>.sql}.
 *
 * <p>The SQL reads the view {@code record} (the typed fields, and {@code _dt}, {@code _file_id},
 * {@code _content_hash}) and knows {@code :source} and the configured options. It sees one record
 * at a time: whatever needs two is the business of the fact tables.
 */
public final class SourceMapping {

  /** Column with the id of a typed record's file. */
  public static final String FILE_ID = RecordTyping.FILE_ID;

  /** Column with the names of a typed record's fields that the contract does not know. */
  public static final String UNKNOWN = RecordTyping.UNKNOWN;

  private static final String VIEW = "record";

  private final String source;
  private final RawContract contract;
  private final TextForms texts;
  private final Map<String, Object> parameters;

  /**
   * @param source the configured source
   * @param contract the raw entity
   * @param texts how the source's texts are understood
   * @param options the source's options: {@code <option>_<column>} to texts
   * @throws ContractViolation if the SQL needs an option that the source lacks
   */
  public SourceMapping(
      String source, RawContract contract, TextForms texts, Map<String, List<String>> options) {
    this.source = Objects.requireNonNull(source, "source");
    this.contract = Objects.requireNonNull(contract, "contract");
    this.texts =
        contract.timeZone().isEmpty() ? texts : texts.assuming(ZoneId.of(contract.timeZone()));
    this.parameters = new HashMap<>();
    parameters.put("source", source);
    contract
        .options()
        .forEach(
            (option, columns) -> {
              for (String column : columns) {
                List<String> values = options.get(option + "_" + column);
                if (values == null && contract.voluntaryOptions().contains(option)) {
                  values = List.of();
                }
                if (values == null) {
                  throw new ContractViolation(
                      "The source %s is of type %s and needs `options: %s` with `%s`. Add it to the configuration."
                          .formatted(source, contract.sourceType(), option, column));
                }
                parameters.put(option + "_" + column, textArray(values));
              }
            });
  }

  /** An array without element has no type, and one with a null loses it: both are an empty text. */
  private static List<String> textArray(List<String> values) {
    return values.isEmpty()
        ? List.of("")
        : values.stream().map(text -> text == null ? "" : text).toList();
  }

  /**
   * Typed records with all reasons against each in {@code _reasons}; what the contract ignores is
   * left out.
   */
  public Dataset<Row> typed(SparkSession spark, JavaRDD<DumpRecord> records) {
    return checked(new RecordTyping(contract, texts).typed(spark, records, false));
  }

  /**
   * The same records, which also tell where they stand and what was read: for {@link #rejected}.
   *
   * @param records with their texts
   */
  public Dataset<Row> traced(SparkSession spark, JavaRDD<DumpRecord> records) {
    return checked(new RecordTyping(contract, texts).typed(spark, records, true));
  }

  private Dataset<Row> checked(Dataset<Row> records) {
    Dataset<Row> typed = records;
    String contractFile =
        "schemas/raw/%s/%s.yaml".formatted(contract.sourceType(), contract.entity());
    if (!contract.ignore().isEmpty()) {
      typed =
          typed.filter(
              expression(contractFile, "NOT coalesce(%s, false)".formatted(contract.ignore())));
    }
    if (contract.checks().isEmpty()) {
      return typed;
    }
    List<String> cases = new ArrayList<>();
    for (RawContract.Check check : contract.checks()) {
      cases.add(
          "CASE WHEN NOT coalesce(%s, false) THEN %s END"
              .formatted(check.condition(), reason(check)));
    }
    String failed = String.join(", ", cases);
    Column failedChecks =
        expression(
            contractFile,
            "CASE WHEN coalesce(%s) IS NOT NULL THEN array_compact(array(%s)) END"
                .formatted(failed, failed));
    // A field that could not be read fails its checks too: the reader wants the cause, not the
    // echo.
    return typed.withColumn(
        RecordTyping.REASONS, coalesce(col(RecordTyping.REASONS), failedChecks));
  }

  private Column expression(String file, String sql) {
    return expr(SqlParameters.bind(file, sql, parameters));
  }

  private static String reason(RawContract.Check check) {
    String reason = SqlParameters.literal(check.reason());
    return check.quote().isEmpty()
        ? reason
        : "concat(%s, ': ', substring(`%s`, 1, %d))"
            .formatted(reason, check.quote(), RecordTyping.LONGEST_QUOTE);
  }

  /** True for a typed record without any reason against it. */
  public static Column isGood() {
    return col(RecordTyping.REASONS).isNull();
  }

  /**
   * Rows of {@code rejected_row}, without the run: one per refused record.
   *
   * @param traced what {@link #traced} gave
   */
  public Dataset<Row> rejected(Dataset<Row> traced) {
    return traced
        .filter(not(isGood()))
        .select(
            lit(source).as("source_code"),
            lit(contract.entity()).as("entity"),
            col(RecordTyping.DATE).as("dt"),
            col(RecordTyping.PATH).as("path"),
            col(RecordTyping.FILE_ID).as("file_id"),
            col(RecordTyping.POSITION).as("position"),
            col(RecordTyping.TEXT).as("raw_text"),
            col(RecordTyping.REASONS).as("reasons"));
  }

  /**
   * The staged rows of good records, in the contract's columns.
   *
   * @throws ContractViolation if the SQL does not give a column of the contract
   */
  public Dataset<Row> staged(Dataset<Row> typed, String stagedEntity, TableContract target) {
    Dataset<Row> mapped =
        query(
            typed.filter(isGood()),
            "schemas/raw/%s/%s.%s.sql"
                .formatted(contract.sourceType(), contract.entity(), stagedEntity),
            contract.mappings().get(stagedEntity));
    List<String> given = List.of(mapped.columns());
    List<Column> columns = new ArrayList<>();
    for (StructField field : target.schema().fields()) {
      if (!given.contains(field.name())) {
        throw new ContractViolation(
            "schemas/raw/%s/%s.%s.sql gives no column `%s`, which %s promises; it gives %s. Add it."
                .formatted(
                    contract.sourceType(),
                    contract.entity(),
                    stagedEntity,
                    field.name(),
                    target.table(),
                    given));
      }
      columns.add(col(field.name()).cast(field.dataType()).as(field.name()));
    }
    return mapped.select(columns.toArray(Column[]::new));
  }

  private Dataset<Row> query(Dataset<Row> records, String file, String sql) {
    records.createOrReplaceTempView(VIEW);
    try {
      // Analysed here and now, so that the view need not outlive this call.
      return records.sparkSession().sql(SqlParameters.bind(file, sql, parameters));
    } finally {
      // A view left behind would shadow a table of the same name.
      records.sparkSession().catalog().dropTempView(VIEW);
    }
  }
}
