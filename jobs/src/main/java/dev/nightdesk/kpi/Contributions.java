package dev.nightdesk.kpi;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.when;

import dev.nightdesk.contract.ContractViolation;
import dev.nightdesk.contract.SqlParameters;
import dev.nightdesk.table.Definitions;
import dev.nightdesk.table.Definitions.Windows;
import dev.nightdesk.table.Night;
import dev.nightdesk.table.SideBySide;
import dev.nightdesk.table.Unions;
import dev.nightdesk.table.Yardsticks;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.apache.spark.sql.AnalysisException;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * The rows that count: what the SQL of topics says of the facts, which are temporary views of the
 * session.
 *
 * <p>Rows without instant and rows at or after as of do not count, whatever the SQL says.
 */
final class Contributions {

  static final String OCCURRED_AT = "occurred_at";
  static final String CELL_DATE = "cell_date";
  static final String HOUR_STARTED_AT = "hour_started_at";
  static final String CONTRIBUTIONS = "contribution_count";
  static final String CURRENCY = "currency_code";

  /** 1 of a contribution that is there now, -1 of one that was there before. */
  static final String SIGN = "sign";

  static final String DISTINCT_OF = "measure_name";
  static final String DISTINCT_VALUE = "distinct_value";

  private static final int TOPICS_AT_A_TIME = 3;

  private final SparkSession session;
  private final Night night;
  private final Periods periods;
  private final List<Breakdown> breakdowns;
  private final Optional<Instant[]> range;
  private final Map<String, Dataset<Row>> rowsByTopic = new ConcurrentHashMap<>();

  Contributions(SparkSession session, Night night, List<Breakdown> breakdowns) {
    this(session, night, breakdowns, Optional.empty());
  }

  /**
   * @param range the first instant of those that are wanted, and the first one after them; absent:
   *     all until as of
   */
  Contributions(
      SparkSession session, Night night, List<Breakdown> breakdowns, Optional<Instant[]> range) {
    this.session = session;
    this.night = night;
    this.periods = new Periods(night.calendar());
    this.breakdowns = breakdowns;
    this.range = range;
  }

  /** Contributions with local day and hour, the dimensions of cells, and slots. */
  Dataset<Row> inSlots(List<Topic> topics, Slots slots) {
    return Unions.of(ofTopics(topics, topic -> inSlots(topic, slots)));
  }

  /** The rows of each topic, side by side: reading and analysing its SQL takes longest. */
  List<Dataset<Row>> ofTopics(List<Topic> topics, Function<Topic, Dataset<Row>> rows) {
    List<Callable<Dataset<Row>>> all = new ArrayList<>();
    topics.forEach(topic -> all.add(() -> rows.apply(topic)));
    return SideBySide.all(TOPICS_AT_A_TIME, all);
  }

  private Dataset<Row> inSlots(Topic topic, Slots slots) {
    Map<String, Column> parts = new LinkedHashMap<>();
    for (Measure measure : topic.measures()) {
      for (String part : Slots.parts(measure).keySet()) {
        boolean isCount = measure.fold() == Fold.COUNT;
        boolean isCountOfValues = part.equals(measure.count());
        Column value = isCount ? lit(1L) : expr(measure.value());
        parts.put(part, where(measure, isCountOfValues ? when(value.isNotNull(), 1L) : value));
      }
    }
    List<Column> columns = new ArrayList<>(keys(topic));
    columns.add(periods.hourStart(col(OCCURRED_AT)).as(HOUR_STARTED_AT));
    columns.add(lit(1L).as(CONTRIBUTIONS));
    columns.addAll(slots.fill(topic.code(), parts));
    return select(topic, columns);
  }

  /**
   * The values that are counted once: one row per contribution and such measure; absent if no topic
   * has one.
   */
  Optional<Dataset<Row>> ofDistinct(List<Topic> topics) {
    List<Topic> counting =
        topics.stream().filter(topic -> !topic.measures(Fold.DISTINCT).isEmpty()).toList();
    return counting.isEmpty()
        ? Optional.empty()
        : Optional.of(Unions.of(ofTopics(counting, this::ofDistinct)));
  }

  private Dataset<Row> ofDistinct(Topic topic) {
    List<Dataset<Row>> ofMeasures = new ArrayList<>();
    for (Measure measure : topic.measures(Fold.DISTINCT)) {
      List<Column> columns = new ArrayList<>(keys(topic));
      columns.add(lit(measure.name()).as(DISTINCT_OF));
      columns.add(where(measure, expr(measure.value())).cast("string").as(DISTINCT_VALUE));
      ofMeasures.add(select(topic, columns).filter(col(DISTINCT_VALUE).isNotNull()));
    }
    return Unions.of(ofMeasures);
  }

  /** Rows of a period topic, for the members of one breakdown. */
  Dataset<Row> ofPeriods(Topic topic, Breakdown breakdown) {
    Dataset<Row> rows = run(topic, Map.of("member", breakdown.column()));
    List<String> required = new ArrayList<>(List.of(Parts.GRAIN, Parts.START_AT, Parts.MEMBER));
    if (topic.isMoney()) {
      required.add(CURRENCY);
    }
    require(topic, rows, required);
    return rows.withColumn(CURRENCY, currency(topic));
  }

  /** Rows of a derived topic. */
  Dataset<Row> derived(Topic topic) {
    Dataset<Row> rows = run(topic, Map.of());
    require(topic, rows, List.of(Parts.GRAIN, Parts.START_AT, Parts.BREAKDOWN, Parts.MEMBER));
    return rows;
  }

  /** The rows of a table of its own, in the columns of its contract. */
  Dataset<Row> table(Topic topic) {
    Dataset<Row> rows = run(topic, Map.of());
    StructType schema = topic.table().orElseThrow().schema();
    require(topic, rows, List.of(schema.fieldNames()));
    return rows.select(
        Arrays.stream(schema.fields())
            .map(field -> col(field.name()).cast(field.dataType()).as(field.name()))
            .toArray(Column[]::new));
  }

  /** What the SQL of every topic may name with a colon before it. */
  static Map<String, Object> parameters(Night night) {
    Windows windows = night.definitions().windows();
    Yardsticks yardsticks = night.definitions().yardsticks();
    return Map.ofEntries(
        Map.entry("as_of", night.asOf()),
        Map.entry("reporting_zone", night.zone().getId()),
        Map.entry("reporting_currency", night.definitions().reportingCurrency()),
        Map.entry("first_contact_window_seconds", windows.firstContact().toSeconds()),
        Map.entry("conversion_window_seconds", windows.conversion().toSeconds()),
        Map.entry("automation_window_seconds", windows.automation().toSeconds()),
        Map.entry("self_service_window_seconds", windows.selfService().toSeconds()),
        Map.entry("retention_window_seconds", windows.retention().toSeconds()),
        Map.entry("short_abandonment_seconds", windows.shortAbandonment().toSeconds()),
        Map.entry("rank_min_count", yardsticks.rankMinCount()),
        Map.entry("new_type_warm_up_days", yardsticks.newTypeWarmUpDays()),
        Map.entry("unused_macro_days", yardsticks.unusedMacroDays()),
        Map.entry("service_level_min_count", yardsticks.serviceLevelMinCount()));
  }

  /** A measure's value where it takes part, else null. */
  static Column where(Measure measure, Column value) {
    return measure.where().isEmpty() ? value : when(expr(measure.where()), value);
  }

  private List<Column> keys(Topic topic) {
    List<Column> columns = new ArrayList<>();
    columns.add(lit(topic.code()).as(Slots.TOPIC));
    columns.add(periods.localDate(col(OCCURRED_AT)).as(CELL_DATE));
    Breakdown.columns(breakdowns)
        .forEach(column -> columns.add(col(column).cast("string").as(column)));
    columns.add(currency(topic).as(CURRENCY));
    return columns;
  }

  /** Amounts without a currency are a currency of their own, so that they are pooled with none. */
  private static Column currency(Topic topic) {
    return topic.isMoney()
        ? coalesce(col(CURRENCY).cast("string"), lit(Definitions.UNSPECIFIED))
        : lit(null).cast("string");
  }

  private Dataset<Row> select(Topic topic, List<Column> columns) {
    Dataset<Row> rows =
        rowsByTopic.computeIfAbsent(
            topic.code(),
            code -> {
              Dataset<Row> contributions = run(topic, Map.of());
              List<String> required = new ArrayList<>(List.of(OCCURRED_AT, "ticket_key"));
              required.addAll(Breakdown.dimensions());
              if (topic.isMoney()) {
                required.add(CURRENCY);
              }
              require(topic, contributions, required);
              Dataset<Row> known =
                  contributions
                      .withColumn(OCCURRED_AT, col(OCCURRED_AT).cast(DataTypes.TimestampType))
                      .filter(col(OCCURRED_AT).lt(lit(night.asOf())));
              return range
                  .map(
                      ends ->
                          known.filter(
                              col(OCCURRED_AT)
                                  .geq(lit(ends[0]))
                                  .and(col(OCCURRED_AT).lt(lit(ends[1])))))
                  .orElse(known);
            });
    try {
      return rows.select(columns.toArray(Column[]::new));
    } catch (Exception e) {
      throw named(
          topic,
          "A measure of schemas/kpi/%s.yaml does not fit the rows of its SQL"
              .formatted(topic.code()),
          e);
    }
  }

  private Dataset<Row> run(Topic topic, Map<String, Object> more) {
    Map<String, Object> parameters = new LinkedHashMap<>(parameters(night));
    parameters.putAll(more);
    String sql = SqlParameters.bind(topic.sqlFile(), topic.sql(), parameters);
    try {
      return session.sql(sql);
    } catch (Exception e) {
      throw named(topic, topic.sqlFile() + " does not run", e);
    }
  }

  /** Scala does not declare AnalysisException, so the compiler does not know that it comes. */
  private static RuntimeException named(Topic topic, String problem, Exception e) {
    if (e instanceof AnalysisException) {
      return new ContractViolation(
          "%s: %s. Mend the topic %s, or add the table or column that it names."
              .formatted(problem, e.getMessage().lines().findFirst().orElse(""), topic.code()),
          e);
    }
    return e instanceof RuntimeException known ? known : new IllegalStateException(e);
  }

  private static void require(Topic topic, Dataset<Row> rows, List<String> columns) {
    List<String> found = Arrays.asList(rows.columns());
    List<String> missing = columns.stream().filter(column -> !found.contains(column)).toList();
    if (!missing.isEmpty()) {
      throw new ContractViolation(
          "%s yields %s but lacks %s. Every %s row has them; select NULL where a row has none."
              .formatted(topic.sqlFile(), found, missing, topic.kind().code()));
    }
  }
}
