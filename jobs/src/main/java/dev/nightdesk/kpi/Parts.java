package dev.nightdesk.kpi;

import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.explode;
import static org.apache.spark.sql.functions.flatten;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.min;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.when;

import dev.nightdesk.kpi.Topic.Kind;
import dev.nightdesk.logic.Joins;
import dev.nightdesk.table.Night;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.expressions.Window;
import org.apache.spark.sql.expressions.WindowSpec;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;

/**
 * What formulas are made of: one row per grain, period, breakdown and member, with a column per
 * measure.
 *
 * <p>A period in which nothing happened has a row of zeros, as long as its member was there.
 */
final class Parts {

  static final String GRAIN = "grain_code";
  static final String START_AT = "period_start_at";
  static final String START_DATE = "period_start_date";
  static final String END_AT = "period_end_at";
  static final String IS_COMPLETE = "is_complete";
  static final String BREAKDOWN = "breakdown_code";
  static final String MEMBER = "member_key";

  /** What names a row. */
  static final List<String> KEY = List.of(GRAIN, START_AT, BREAKDOWN, MEMBER);

  private final List<Topic> topics;
  private final List<Breakdown> breakdowns;
  private final Night night;
  private final Periods periods;

  Parts(List<Topic> topics, List<Breakdown> breakdowns, Night night) {
    this.topics = topics;
    this.breakdowns = breakdowns;
    this.night = night;
    this.periods = new Periods(night.calendar());
  }

  /**
   * From when until when a member has rows: its first to its last event, and on to as of while
   * something of it runs (a standing backlog). {@code all} has rows from the first event of all
   * until as of.
   */
  Dataset<Row> spans(Dataset<Row> dayParts) {
    List<Column> levels = new ArrayList<>();
    levels.add(max(col(Contributions.CELL_DATE)).as("last_date"));
    Column stands = col(BREAKDOWN).equalTo(Breakdown.ALL.code());
    for (Measure running : measures(Fold.RUNNING)) {
      levels.add(sum(col(running.name())).as(running.name()));
      stands = stands.or(coalesce(col(running.name()), lit(0)).notEqual(0));
    }
    return dayParts
        .groupBy(col(BREAKDOWN), col(MEMBER))
        .agg(min(col(Contributions.CELL_DATE)).as("first_date"), levels.toArray(Column[]::new))
        .select(
            col(BREAKDOWN),
            col(MEMBER),
            col("first_date"),
            when(stands, lit(night.logicalDate())).otherwise(col("last_date")).as("last_date"));
  }

  /**
   * Every local day of every period from the first event to as of: what the SQL of period topics
   * joins.
   */
  Dataset<Row> periodDays(Dataset<Row> spans) {
    Dataset<Row> days =
        spans
            .filter(col(BREAKDOWN).equalTo(Breakdown.ALL.code()))
            .select(
                explode(
                        org.apache.spark.sql.functions.sequence(
                            col("first_date"), col("last_date")))
                    .as("local_date"));
    return days.select(col("local_date"), explode(periods.holding(col("local_date"))).as("period"))
        .select(
            col("local_date"),
            col("period." + GRAIN),
            col("period." + START_DATE),
            periods.startOf(col("period." + START_DATE)).as(START_AT),
            lit(Breakdown.ALL_MEMBER).as(Breakdown.ALL.column()))
        .withColumn(END_AT, periods.end());
  }

  /** The same of the wide table of all, which has every day from the first event to as of. */
  Dataset<Row> periodDaysOf(Dataset<Row> overall) {
    return periodDays(
        overall
            .filter(col(GRAIN).equalTo(Grain.DAY.code()))
            .agg(min(col(START_DATE)).as("first_date"), max(col(START_DATE)).as("last_date"))
            .filter(col("first_date").isNotNull())
            .withColumn(BREAKDOWN, lit(Breakdown.ALL.code())));
  }

  /** Sums of days → sums of days, weeks, months and quarters. */
  Dataset<Row> ofDays(Dataset<Row> dayParts) {
    return inPeriods(dayParts, explode(periods.holding(col(Contributions.CELL_DATE))))
        .drop(Slots.TOPIC, Contributions.CELL_DATE, Contributions.CONTRIBUTIONS);
  }

  /** Sums of hours, as they are. */
  Dataset<Row> ofHours(Dataset<Row> hourParts) {
    return hourParts
        .withColumn(GRAIN, lit(Grain.HOUR.code()))
        .withColumn(START_DATE, col(Contributions.CELL_DATE))
        .withColumn(START_AT, col(Contributions.HOUR_STARTED_AT))
        .drop(
            Slots.TOPIC,
            Contributions.HOUR_STARTED_AT,
            Contributions.CELL_DATE,
            Contributions.CONTRIBUTIONS);
  }

  /** A row without numbers for every period in which a member was there. */
  Dataset<Row> scaffold(Dataset<Row> spans) {
    Column all =
        flatten(
            array(
                Grain.OF_DAYS.stream()
                    .map(grain -> periods.between(grain, col("first_date"), col("last_date")))
                    .toArray(Column[]::new)));
    return inPeriods(spans, explode(all)).drop("first_date", "last_date");
  }

  /**
   * Numbers of different values per period and member; {@code values} is what {@link Contributions}
   * gives.
   */
  Dataset<Row> ofDistinct(Dataset<Row> values) {
    List<Topic> counting =
        topics.stream().filter(topic -> !topic.measures(Fold.DISTINCT).isEmpty()).toList();
    Column measure = col(Contributions.DISTINCT_OF);
    Column value = col(Contributions.DISTINCT_VALUE);
    List<String> dimensions = Breakdown.columns(breakdowns);
    Column[] cell =
        Stream.concat(
                Stream.of(Slots.TOPIC, Contributions.CELL_DATE, Contributions.DISTINCT_OF),
                dimensions.stream())
            .map(name -> col(name))
            .toArray(Column[]::new);
    Column[] cellValue = Stream.concat(Stream.of(cell), Stream.of(value)).toArray(Column[]::new);
    // All rows of a value meet in one task here, and stay there for every period and member.
    Dataset<Row> ofCells = values.select(cellValue).repartition(value).distinct();
    Dataset<Row> split =
        ofCells
            .select(
                Stream.concat(
                        Stream.of(cellValue),
                        Stream.of(explode(Cells.members(counting, breakdowns)).as("split")))
                    .toArray(Column[]::new))
            .withColumn(BREAKDOWN, col("split." + BREAKDOWN))
            .withColumn(MEMBER, col("split." + MEMBER))
            .filter(col(MEMBER).isNotNull())
            .select(measure, value, col(Contributions.CELL_DATE), col(BREAKDOWN), col(MEMBER));
    Dataset<Row> once =
        inPeriods(split, explode(periods.holding(col(Contributions.CELL_DATE))))
            .select(
                measure,
                value,
                col(GRAIN),
                col(START_AT),
                col(START_DATE),
                col(BREAKDOWN),
                col(MEMBER))
            .distinct();
    List<Column> columns = new ArrayList<>();
    for (Topic topic : counting) {
      for (Measure counted : topic.measures(Fold.DISTINCT)) {
        columns.add(count(when(measure.equalTo(counted.name()), 1)).as(counted.name()));
      }
    }
    return once.groupBy(col(GRAIN), col(START_AT), col(START_DATE), col(BREAKDOWN), col(MEMBER))
        .agg(columns.get(0), columns.subList(1, columns.size()).toArray(Column[]::new));
  }

  /** The rows of a period topic, folded. */
  Dataset<Row> ofPeriodRows(Topic topic, Breakdown breakdown, Dataset<Row> rows) {
    List<Column> folded = foldRows(topic);
    return rows.filter(col(MEMBER).isNotNull())
        .withColumn(BREAKDOWN, lit(breakdown.code()))
        .withColumn(START_DATE, periods.localDate(col(START_AT)))
        .groupBy(
            col(GRAIN),
            col(START_AT),
            col(START_DATE),
            col(BREAKDOWN),
            col(MEMBER),
            col(Contributions.CURRENCY))
        .agg(folded.get(0), folded.subList(1, folded.size()).toArray(Column[]::new));
  }

  /**
   * What the columns of wide tables are made of: rows without money, and those with money in the
   * reporting currency. Of the others the row stays, since something happened, but no amount.
   */
  Dataset<Row> inReportingCurrency(Dataset<Row> rows) {
    Column isOther = col(Contributions.CURRENCY).notEqual(reportingCurrency());
    List<String> amounts =
        topics.stream()
            .filter(Topic::isMoney)
            .flatMap(topic -> topic.measures().stream())
            .flatMap(measure -> types(measure).keySet().stream())
            .toList();
    List<Column> columns = new ArrayList<>();
    for (String name : rows.columns()) {
      if (amounts.contains(name)) {
        columns.add(when(isOther, lit(null)).otherwise(col(name)).as(name));
      } else if (!name.equals(Contributions.CURRENCY)) {
        columns.add(col(name));
      }
    }
    return rows.select(columns.toArray(Column[]::new));
  }

  /** The other rows: money in every other currency, summed per period, member and currency. */
  Dataset<Row> inOtherCurrencies(List<Dataset<Row>> pieces) {
    Dataset<Row> all = pieces.get(0);
    for (Dataset<Row> piece : pieces.subList(1, pieces.size())) {
      all = all.unionByName(piece, true);
    }
    List<String> found = List.of(all.columns());
    List<Column> sums = new ArrayList<>();
    for (Topic topic : topics) {
      for (Measure measure : topic.isMoney() ? topic.measures() : List.<Measure>of()) {
        types(measure)
            .forEach(
                (name, type) ->
                    sums.add(
                        (found.contains(name) ? sum(col(name)) : lit(null)).cast(type).as(name)));
      }
    }
    return all.filter(col(Contributions.CURRENCY).notEqual(reportingCurrency()))
        .groupBy(
            col(GRAIN),
            col(START_AT),
            col(START_DATE),
            col(BREAKDOWN),
            col(MEMBER),
            col(Contributions.CURRENCY))
        .agg(sums.get(0), sums.subList(1, sums.size()).toArray(Column[]::new));
  }

  private String reportingCurrency() {
    return night.definitions().reportingCurrency();
  }

  /** All sums of a period and member in one row, zero where nothing happened, levels carried on. */
  Dataset<Row> together(List<Dataset<Row>> pieces) {
    Dataset<Row> all = pieces.get(0);
    for (Dataset<Row> piece : pieces.subList(1, pieces.size())) {
      all = all.unionByName(piece, true);
    }
    List<String> found = List.of(all.columns());
    List<Column> sums = new ArrayList<>();
    List<Column> columns = new ArrayList<>();
    Stream.of(GRAIN, START_AT, START_DATE, BREAKDOWN, MEMBER).forEach(key -> columns.add(col(key)));
    WindowSpec untilHere =
        Window.partitionBy(col(GRAIN), col(BREAKDOWN), col(MEMBER))
            .orderBy(col(START_AT))
            .rowsBetween(Window.unboundedPreceding(), Window.currentRow());
    for (Topic topic : topics) {
      if (topic.kind() == Kind.DERIVED || topic.kind() == Kind.TABLE) {
        continue;
      }
      for (Measure measure : topic.measures()) {
        for (Map.Entry<String, DataType> part : types(measure).entrySet()) {
          String name = part.getKey();
          Column summed = found.contains(name) ? col(name) : lit(null).cast(part.getValue());
          if (Slots.isHistogram(part.getValue())) {
            sums.add(HistogramFold.ofHistograms(summed).as(name));
            columns.add(col(name));
          } else {
            sums.add(sum(summed).as(name));
            Column orZero = coalesce(col(name), lit(0)).cast(part.getValue());
            columns.add(
                (measure.fold() == Fold.RUNNING ? sum(orZero).over(untilHere) : orZero)
                    .cast(part.getValue())
                    .as(name));
          }
        }
      }
    }
    return all.groupBy(col(GRAIN), col(START_AT), col(START_DATE), col(BREAKDOWN), col(MEMBER))
        .agg(sums.get(0), sums.subList(1, sums.size()).toArray(Column[]::new))
        .select(columns.toArray(Column[]::new));
  }

  /** Parts with the measures of a derived topic beside them. */
  Dataset<Row> with(Topic topic, Dataset<Row> parts, Dataset<Row> derived) {
    List<Column> folded = foldRows(topic);
    Dataset<Row> sums =
        derived
            .groupBy(KEY.stream().map(name -> col(name)).toArray(Column[]::new))
            .agg(folded.get(0), folded.subList(1, folded.size()).toArray(Column[]::new));
    return Joins.zeroOrOne(parts, sums, KEY.toArray(String[]::new));
  }

  /** The columns of a measure in parts. */
  static Map<String, DataType> types(Measure measure) {
    return measure.fold() == Fold.DISTINCT
        ? Map.of(measure.name(), DataTypes.LongType)
        : new LinkedHashMap<>(Slots.parts(measure));
  }

  private List<Column> foldRows(Topic topic) {
    List<Column> folded = new ArrayList<>();
    for (Measure measure : topic.measures()) {
      Column value =
          measure.fold() == Fold.COUNT
              ? Contributions.where(measure, lit(1L))
              : Contributions.where(measure, org.apache.spark.sql.functions.expr(measure.value()));
      switch (measure.fold()) {
        case SUM, COUNT -> folded.add(sum(value).cast(measure.type()).as(measure.name()));
        case DISTINCT ->
            folded.add(org.apache.spark.sql.functions.count_distinct(value).as(measure.name()));
        case DISTRIBUTION -> {
          folded.add(sum(value).cast(DataTypes.LongType).as(measure.sum()));
          folded.add(count(value).as(measure.count()));
          folded.add(
              HistogramFold.ofValues(value.cast(DataTypes.LongType)).as(measure.histogram()));
        }
        case RUNNING -> folded.add(sum(value).cast(measure.type()).as(measure.name()));
      }
    }
    return folded;
  }

  private Dataset<Row> inPeriods(Dataset<Row> rows, Column exploded) {
    return rows.withColumn("period", exploded)
        .withColumn(GRAIN, col("period." + GRAIN))
        .withColumn(START_DATE, col("period." + START_DATE))
        .withColumn(START_AT, periods.startOf(col(START_DATE)))
        .drop("period");
  }

  private List<Measure> measures(Fold fold) {
    return topics.stream()
        .filter(topic -> topic.kind() == Kind.CONTRIBUTIONS)
        .flatMap(topic -> topic.measures(fold).stream())
        .toList();
  }
}
