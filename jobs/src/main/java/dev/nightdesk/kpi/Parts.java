package dev.nightdesk.kpi;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.count_distinct;
import static org.apache.spark.sql.functions.explode;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.negate;
import static org.apache.spark.sql.functions.sum;

import dev.nightdesk.kpi.Topic.Kind;
import dev.nightdesk.table.Layout;
import dev.nightdesk.table.Night;
import dev.nightdesk.table.Unions;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;

/**
 * What happened, per grain, period, breakdown, member and currency: the rows of {@code kpi_part},
 * with a column per measure.
 *
 * <p>Rows add up by their key. Of a running measure a row has the change in its period, not the
 * level. A row of which nothing is left vanishes.
 */
final class Parts {

  static final String GRAIN = "grain_code";
  static final String START_AT = "period_start_at";
  static final String START_DATE = "period_start_date";
  static final String END_AT = "period_end_at";
  static final String IS_COMPLETE = "is_complete";
  static final String BREAKDOWN = "breakdown_code";
  static final String MEMBER = "member_key";

  /** How many rows the SQL of period topics has of the period and member. */
  static final String PERIOD_ROWS = "period_row_count";

  /** What names a period. */
  static final List<String> PERIOD = List.of(GRAIN, START_AT);

  /** What names a row that a formula is evaluated over. */
  static final List<String> KEY = List.of(GRAIN, START_AT, BREAKDOWN, MEMBER);

  /** What names a row of {@code kpi_part}. */
  static final List<String> COLUMNS =
      List.of(GRAIN, START_AT, START_DATE, BREAKDOWN, MEMBER, Contributions.CURRENCY);

  private final List<Topic> topics;
  private final Periods periods;

  /**
   * @param topics all topics; those that are derived or tables have no parts
   */
  Parts(List<Topic> topics, Night night) {
    this.topics = topics;
    this.periods = new Periods(night.calendar());
  }

  /** Sums of days → a row for each period of the grains that holds the day, in the same slots. */
  Dataset<Row> ofDays(Dataset<Row> dayParts, List<Grain> grains) {
    return periods.in(
        dayParts,
        explode(periods.holding(col(Contributions.CELL_DATE), grains)),
        Contributions.CELL_DATE);
  }

  /** Sums of hours, as they are, in the same slots. */
  Dataset<Row> ofHours(Dataset<Row> hourParts) {
    return hourParts
        .withColumn(GRAIN, lit(Grain.HOUR.code()))
        .withColumn(START_DATE, col(Contributions.CELL_DATE))
        .withColumn(START_AT, col(Contributions.HOUR_STARTED_AT))
        .drop(Contributions.HOUR_STARTED_AT, Contributions.CELL_DATE);
  }

  /** The rows of every period topic, folded. */
  List<Dataset<Row>> periodTopics(Contributions contributions, List<Breakdown> breakdowns) {
    return contributions.ofTopics(
        topics.stream().filter(topic -> topic.kind() == Kind.PERIOD).toList(),
        topic ->
            Unions.of(
                breakdowns.stream()
                    .filter(topic::isIn)
                    .map(each -> ofPeriodRows(topic, each, contributions.ofPeriods(topic, each)))
                    .toList()));
  }

  private Dataset<Row> ofPeriodRows(Topic topic, Breakdown breakdown, Dataset<Row> rows) {
    return rows.filter(col(MEMBER).isNotNull())
        .withColumn(BREAKDOWN, lit(breakdown.code()))
        .withColumn(START_DATE, periods.localDate(col(START_AT)))
        .groupBy(COLUMNS.stream().map(name -> col(name)).toArray(Column[]::new))
        .agg(count(lit(1)).as(PERIOD_ROWS), foldRows(topic).toArray(Column[]::new));
  }

  /** Of rows of parts, what period topics put there, with the columns of nothing else. */
  Dataset<Row> ofPeriodTopics(Dataset<Row> parts) {
    List<Column> columns = new ArrayList<>();
    COLUMNS.forEach(name -> columns.add(col(name)));
    columns.add(col(PERIOD_ROWS));
    topics.stream()
        .filter(topic -> topic.kind() == Kind.PERIOD)
        .flatMap(topic -> topic.measures().stream())
        .forEach(measure -> types(measure).keySet().forEach(name -> columns.add(col(name))));
    return parts.filter(col(PERIOD_ROWS).notEqual(0)).select(columns.toArray(Column[]::new));
  }

  /**
   * The rows of {@code kpi_part}, in its columns: everything added up.
   *
   * @param pieces rows of slots, of the measures of topics, or of all measures
   */
  Dataset<Row> together(List<Dataset<Row>> pieces) {
    return wideRows().sums(Layout.together(union(pieces), COLUMNS), COLUMNS);
  }

  /** The same in the ranges and the order of the table. */
  Dataset<Row> inOrder(List<Dataset<Row>> pieces) {
    return wideRows().sums(Layout.inRanges(union(pieces), PERIOD), COLUMNS);
  }

  private WideRows wideRows() {
    return new WideRows(contributing(), types(topics));
  }

  private List<Topic> contributing() {
    return topics.stream().filter(topic -> topic.kind() == Kind.CONTRIBUTIONS).toList();
  }

  /** Of several kinds of rows; what some do not have is null. */
  static Dataset<Row> union(List<Dataset<Row>> pieces) {
    Dataset<Row> all = pieces.get(0);
    for (Dataset<Row> piece : pieces.subList(1, pieces.size())) {
      all = all.unionByName(piece, true);
    }
    return all;
  }

  /** Rows that take away what the given ones add. */
  Dataset<Row> negated(Dataset<Row> parts) {
    List<Column> columns = new ArrayList<>();
    Map<String, DataType> types = types(topics);
    for (String name : parts.columns()) {
      DataType type = types.get(name);
      columns.add(
          type == null
              ? col(name)
              : (Slots.isHistogram(type) ? HistogramFold.negated(col(name)) : negate(col(name)))
                  .as(name));
    }
    return parts.select(columns.toArray(Column[]::new));
  }

  /** The counts and measures of {@code kpi_part} with their types, in the order of its columns. */
  static Map<String, DataType> types(List<Topic> topics) {
    Map<String, DataType> types = new LinkedHashMap<>();
    types.put(Contributions.CONTRIBUTIONS, DataTypes.LongType);
    types.put(PERIOD_ROWS, DataTypes.LongType);
    measures(topics).forEach(measure -> types.putAll(types(measure)));
    return types;
  }

  /** The measures of parts. */
  static Stream<Measure> measures(List<Topic> topics) {
    return topics.stream()
        .filter(topic -> topic.kind() == Kind.CONTRIBUTIONS || topic.kind() == Kind.PERIOD)
        .flatMap(topic -> topic.measures().stream());
  }

  /** The names of the measures that are levels. */
  static List<String> running(List<Topic> topics) {
    return topics.stream()
        .filter(topic -> topic.kind() == Kind.CONTRIBUTIONS)
        .flatMap(topic -> topic.measures(Fold.RUNNING).stream())
        .map(Measure::name)
        .toList();
  }

  /** The columns of a measure in parts. */
  static Map<String, DataType> types(Measure measure) {
    return measure.fold() == Fold.DISTINCT
        ? Map.of(measure.name(), DataTypes.LongType)
        : new LinkedHashMap<>(Slots.parts(measure));
  }

  /** The measures of a topic as aggregates over its rows. */
  static List<Column> foldRows(Topic topic) {
    List<Column> folded = new ArrayList<>();
    for (Measure measure : topic.measures()) {
      Column value =
          Contributions.where(
              measure, measure.fold() == Fold.COUNT ? lit(1L) : expr(measure.value()));
      switch (measure.fold()) {
        case SUM, COUNT, RUNNING -> folded.add(sum(value).cast(measure.type()).as(measure.name()));
        case DISTINCT -> folded.add(count_distinct(value).as(measure.name()));
        case DISTRIBUTION -> {
          folded.add(sum(value).cast(DataTypes.LongType).as(measure.sum()));
          folded.add(count(value).as(measure.count()));
          folded.add(
              HistogramFold.ofValues(value.cast(DataTypes.LongType)).as(measure.histogram()));
        }
      }
    }
    return folded;
  }
}
