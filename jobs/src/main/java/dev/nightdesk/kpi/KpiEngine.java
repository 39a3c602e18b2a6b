package dev.nightdesk.kpi;

import dev.nightdesk.kpi.Topic.Kind;
import dev.nightdesk.table.Night;
import java.util.ArrayList;
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

  private static final String PERIOD_DAY = "period_day";
  private static final String PERIOD = "kpi_period";

  private final KpiCatalog catalog;
  private final List<Breakdown> breakdowns;

  /** Keeps the rows of a stage that later stages read again, so that they are computed once. */
  @FunctionalInterface
  public interface Keeper {

    /**
     * The same rows, persisted or written and read again.
     *
     * @param stage a name for them: a table's, or that of an inner stage ({@code day_part}, {@code
     *     kpi_part})
     */
    Dataset<Row> keep(String stage, Dataset<Row> rows);
  }

  public KpiEngine(KpiCatalog catalog, List<Breakdown> breakdowns) {
    this.catalog = catalog;
    this.breakdowns = List.copyOf(breakdowns);
  }

  /**
   * The KPI tables, in the order in which they should be computed: kpi_cell_day, kpi_cell_hour, a
   * wide table per breakdown, kpi_value, kpi_catalog.
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
    Parts parts = new Parts(topics, breakdowns, night);
    KpiTables kpiTables = new KpiTables(topics, breakdowns, night, delivered);

    Dataset<Row> days = keeper.keep(CELL_DAY, cells.byDay(contributions));
    Dataset<Row> dayParts =
        keeper.keep("day_part", cells.perMember(days, List.of(Contributions.CELL_DATE), Grain.DAY));
    Dataset<Row> spans = parts.spans(dayParts);

    List<Dataset<Row>> pieces = new ArrayList<>(List.of(parts.scaffold(spans)));
    List<Dataset<Row>> piecesByCurrency = new ArrayList<>(List.of(parts.ofDays(dayParts)));
    Map<String, Dataset<Row>> named = new LinkedHashMap<>();
    named.put(CELL_DAY, days);
    if (contributing.stream().anyMatch(Topic::hasHours)) {
      Dataset<Row> hours = keeper.keep(CELL_HOUR, cells.byHour(contributions));
      named.put(CELL_HOUR, hours);
      piecesByCurrency.add(
          parts.ofHours(
              cells.perMember(
                  hours,
                  List.of(Contributions.HOUR_STARTED_AT, Contributions.CELL_DATE),
                  Grain.HOUR)));
    }
    contributions
        .ofDistinct(contributing)
        .ifPresent(values -> pieces.add(parts.ofDistinct(values)));
    views.create(PERIOD_DAY, parts.periodDays(spans));
    for (Topic topic : ofKind(Kind.PERIOD)) {
      for (Breakdown breakdown : breakdowns) {
        if (topic.isIn(breakdown)) {
          piecesByCurrency.add(
              parts.ofPeriodRows(topic, breakdown, contributions.ofPeriods(topic, breakdown)));
        }
      }
    }
    piecesByCurrency.forEach(piece -> pieces.add(parts.inReportingCurrency(piece)));
    Dataset<Row> together = keeper.keep("period_part", parts.together(pieces));
    views.create(PERIOD, kpiTables.periods(together));
    Dataset<Row> derived = together;
    for (Topic topic : ofKind(Kind.DERIVED)) {
      derived = parts.with(topic, derived, contributions.derived(topic));
    }
    Dataset<Row> complete = derived == together ? together : keeper.keep("kpi_part", derived);

    for (Breakdown breakdown : breakdowns) {
      named.put(breakdown.table(), kpiTables.wide(breakdown, complete));
    }
    Dataset<Row> values = kpiTables.values(complete);
    named.put(
        VALUE,
        topics.stream().noneMatch(Topic::isMoney)
            ? values
            : values.union(kpiTables.valuesOfMoney(parts.inOtherCurrencies(piecesByCurrency))));
    named.put(CATALOG, new CatalogRows(catalog, breakdowns).rows(session, delivered));
    return named;
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
          new Parts(catalog.topics(), breakdowns, night)
              .periodDaysOf(source(Breakdown.ALL.table(), tables)));
      new SettingRows(night.definitions().yardsticks()).tables(session).forEach(views::create);
      Contributions sql = new Contributions(session, night, breakdowns);
      for (Topic topic : catalog.tables()) {
        named.put(
            topic.code(),
            delivered.containsAll(topic.needs())
                ? sql.table(topic)
                : session.createDataFrame(List.of(), topic.table().orElseThrow().schema()));
      }
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
    String zone = session.conf().get("spark.sql.session.timeZone");
    if (!zone.equals("UTC")) {
      throw new IllegalStateException(
          "The session's time zone is %s, but KPIs turn instants into local days from UTC. Set spark.sql.session.timeZone to UTC."
              .formatted(zone));
    }
    return session;
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

  /** Temporary views that shadow tables of the same name, and are therefore dropped in any case. */
  private static final class Views {

    private final SparkSession session;
    private final Set<String> names = new LinkedHashSet<>();

    Views(SparkSession session) {
      this.session = session;
    }

    void create(String name, Dataset<Row> rows) {
      rows.createOrReplaceTempView(name);
      names.add(name);
    }

    void drop() {
      names.forEach(session.catalog()::dropTempView);
    }
  }
}
