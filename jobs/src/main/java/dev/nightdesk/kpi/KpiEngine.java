package dev.nightdesk.kpi;

import dev.nightdesk.kpi.Topic.Kind;
import dev.nightdesk.table.Layout;
import dev.nightdesk.table.Night;
import dev.nightdesk.table.Replacement;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** Facts → KPI tables, by the pairs of a catalogue. */
public final class KpiEngine {

  /** Finest sums per topic and local day. */
  public static final String CELL_DAY = "kpi_cell_day";

  /** Finest sums per topic and hour. */
  public static final String CELL_HOUR = "kpi_cell_hour";

  /** The long form. */
  public static final String VALUE = "kpi_value";

  /** Every KPI in words. */
  public static final String CATALOG = "kpi_catalog";

  /** Sums per period and member: what formulas are made of. */
  public static final String PART = "kpi_part";

  static final String PERIOD_DAY = "period_day";
  static final String PERIOD = "kpi_period";

  /** Cells of a day together, and in it those of a topic, which fill the same columns. */
  static final List<String> CELL_ORDER = List.of(Contributions.CELL_DATE, Slots.TOPIC);

  /** The columns that name an hour in cells. */
  static final List<String> HOUR_TIME =
      List.of(Contributions.HOUR_STARTED_AT, Contributions.CELL_DATE);

  /**
   * The tables whose rows {@link #tables} gives in the ranges and the order in which they are to be
   * written: what they are made of was put in order, which is less.
   */
  public static final Set<String> IN_ORDER = Set.of(CELL_DAY, CELL_HOUR, PART, VALUE);

  private final KpiCatalog catalog;
  private final List<Breakdown> breakdowns;

  /** Keeps the rows of a stage that later stages read again, so that they are computed once. */
  @FunctionalInterface
  public interface Keeper {

    /**
     * The same rows, persisted or written and read again.
     *
     * @param stage a name for them: that of a table ({@link #PART}, only in {@link #tables}), or of
     *     an inner stage
     */
    Dataset<Row> keep(String stage, Dataset<Row> rows);
  }

  public KpiEngine(KpiCatalog catalog, List<Breakdown> breakdowns) {
    this.catalog = catalog;
    this.breakdowns = List.copyOf(breakdowns);
  }

  /**
   * The KPI tables, in the order in which they should be computed: kpi_cell_day, kpi_cell_hour,
   * kpi_part, a wide table per breakdown, kpi_value, kpi_catalog.
   *
   * <p>While it runs, the facts are temporary views of their session under their names; afterwards
   * the views are gone.
   *
   * @param tables facts and dims by name, at least those that the pairs read; the session's time
   *     zone must be UTC
   * @param delivered raw entities that a loaded source delivers; KPIs that need others are NULL
   * @param keeper called for the stages that are read more than once, in their order
   */
  public Map<String, Dataset<Row>> tables(
      Map<String, Dataset<Row>> tables, Night night, Set<String> delivered, Keeper keeper) {
    SparkSession session = session(tables);
    Views views = new Views(session);
    try {
      for (String source : sources()) {
        views.create(source, source(source, tables));
      }
      return tables(session, views, night, delivered, keeper);
    } finally {
      views.drop();
    }
  }

  private Map<String, Dataset<Row>> tables(
      SparkSession session, Views views, Night night, Set<String> delivered, Keeper keeper) {
    List<Topic> topics = catalog.topics();
    List<Topic> contributing = ofKind(Kind.CONTRIBUTIONS);
    Contributions contributions = new Contributions(session, night, breakdowns);
    Cells cells = new Cells(topics, breakdowns);
    Parts parts = new Parts(topics, night);
    Spans spans = new Spans(topics, night);

    Map<String, Dataset<Row>> named = new LinkedHashMap<>();
    Dataset<Row> days = keeper.keep("day_cell", cells.byDay(contributions));
    named.put(CELL_DAY, cells.publishedDays(Layout.inOrder(days, CELL_ORDER)));
    Dataset<Row> dayParts =
        keeper.keep("day_part", cells.perMember(days, List.of(Contributions.CELL_DATE), Grain.DAY));
    List<Dataset<Row>> pieces = new ArrayList<>();
    pieces.add(parts.ofDays(dayParts, List.of(Grain.DAY)));
    // Added up while rows are narrow: of thirty days one is left a month.
    pieces.add(cells.sumOfSlots(parts.ofDays(dayParts, Grain.OF_MANY_DAYS), Parts.COLUMNS));
    if (contributing.stream().anyMatch(Topic::hasHours)) {
      Dataset<Row> hours = keeper.keep("hour_cell", cells.byHour(contributions));
      named.put(CELL_HOUR, cells.publishedHours(Layout.inOrder(hours, CELL_ORDER)));
      pieces.add(parts.ofHours(cells.perMember(hours, HOUR_TIME, Grain.HOUR)));
    }
    contributions
        .ofDistinct(contributing)
        .ifPresent(values -> pieces.add(new DistinctParts(topics, breakdowns, night).of(values)));
    views.create(PERIOD_DAY, spans.periodDays(spans.ofAll(dayParts)));
    pieces.addAll(parts.periodTopics(contributions, breakdowns));
    Dataset<Row> part = keeper.keep(PART, parts.inOrder(pieces));
    named.put(PART, part);

    FormulaRows formulaRows = new FormulaRows(topics, night.definitions().reportingCurrency());
    Dataset<Row> rows =
        keeper.keep("kpi_formula_row", formulaRows.of(part, spans.scaffold(spans.of(part))));
    named.putAll(
        new Published(
                topics,
                breakdowns,
                new KpiTables(topics, breakdowns, night, delivered),
                formulaRows)
            .tables(
                rows,
                part,
                contributions,
                views,
                keeper,
                complete -> Layout.inOrder(complete, Parts.PERIOD)));
    named.put(CATALOG, catalogRows(session, delivered));
    return named;
  }

  /** The rows of {@code kpi_catalog}. */
  public Dataset<Row> catalogRows(SparkSession session, Set<String> delivered) {
    return new CatalogRows(catalog, breakdowns).rows(session, delivered);
  }

  /**
   * What becomes of the tables that {@link #tables} gave before, all but kpi_catalog: the rows that
   * a night replaces, by table. A table that stays as it is does not appear.
   *
   * <p>The tables then equal those that {@link #tables} would give now. Views appear and go as
   * there.
   *
   * @param in what changed; the definitions, the pairs and the breakdowns must be those of before
   * @param keeper called for stages that are read more than once
   * @throws IllegalArgumentException if time went back
   */
  public Map<String, Replacement> changes(SparkSession session, KpiChangeInputs in, Keeper keeper) {
    requireUtc(session);
    Views views = new Views(session);
    try {
      return new KpiChanges(session, views, catalog.topics(), breakdowns, in, keeper)
          .replacements();
    } finally {
      views.drop();
    }
  }

  /**
   * The tables of their own, by name, made of what {@link #tables} gave and of facts. A table whose
   * entities no source delivers is empty.
   *
   * <p>Views appear and go as in {@link #tables}.
   *
   * @param tables what {@link #sourcesOfOwnTables} names, by name
   * @param delivered raw entities that a loaded source delivers
   */
  public Map<String, Dataset<Row>> ownTables(
      Map<String, Dataset<Row>> tables, Night night, Set<String> delivered) {
    SparkSession session = session(tables);
    Map<String, Dataset<Row>> named = new LinkedHashMap<>();
    Views views = new Views(session);
    try {
      Set<String> sources = sourcesOfOwnTables(delivered);
      for (String source : sources) {
        views.create(source, source(source, tables));
      }
      views.create(
          PERIOD_DAY,
          new Spans(catalog.topics(), night).periodDaysOf(source(Breakdown.ALL.table(), tables)));
      new SettingRows(night.definitions().yardsticks()).tables(session).forEach(views::create);
      Contributions sql = new Contributions(session, night, breakdowns);
      List<Topic> own = catalog.tables();
      Iterator<Dataset<Row>> rows =
          sql.ofTopics(
                  own,
                  topic ->
                      delivered.containsAll(topic.needs())
                          ? sql.table(topic)
                          : session.createDataFrame(
                              List.of(), topic.table().orElseThrow().schema()))
              .iterator();
      own.forEach(topic -> named.put(topic.code(), rows.next()));
      return named;
    } finally {
      views.drop();
    }
  }

  /**
   * The tables that {@link #ownTables} wants: facts, dims and KPI tables of {@link #tables}.
   *
   * @param delivered raw entities that a loaded source delivers
   */
  public Set<String> sourcesOfOwnTables(Set<String> delivered) {
    Set<String> sources = new LinkedHashSet<>(Set.of(Breakdown.ALL.table()));
    for (Topic topic : catalog.tables()) {
      if (delivered.containsAll(topic.needs())) {
        sources.addAll(topic.sources());
      }
    }
    sources.remove(PERIOD_DAY);
    sources.removeAll(SettingRows.NAMES);
    return sources;
  }

  private static SparkSession session(Map<String, Dataset<Row>> tables) {
    SparkSession session = tables.values().iterator().next().sparkSession();
    requireUtc(session);
    return session;
  }

  private static void requireUtc(SparkSession session) {
    String zone = session.conf().get("spark.sql.session.timeZone");
    if (!zone.equals("UTC")) {
      throw new IllegalStateException(
          "The session's time zone is %s, but KPIs turn instants into local days from UTC. Set spark.sql.session.timeZone to UTC."
              .formatted(zone));
    }
  }

  private static Dataset<Row> source(String name, Map<String, Dataset<Row>> tables) {
    Dataset<Row> rows = tables.get(name);
    if (rows == null) {
      throw new IllegalArgumentException(
          "The KPI pairs read %s, but there are only %s. Hand it over, or mend the pair."
              .formatted(name, tables.keySet()));
    }
    return rows;
  }

  private List<Topic> ofKind(Kind kind) {
    return catalog.topics().stream().filter(topic -> topic.kind() == kind).toList();
  }

  private Set<String> sources() {
    Set<String> sources = new LinkedHashSet<>();
    catalog.topics().stream()
        .filter(topic -> topic.kind() != Kind.TABLE)
        .forEach(topic -> sources.addAll(topic.sources()));
    sources.removeAll(Set.of(PERIOD_DAY, PERIOD));
    return sources;
  }
}
