package dev.nightdesk.kpi;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.min;

import dev.nightdesk.kpi.KpiEngine.Keeper;
import dev.nightdesk.kpi.Topic.Kind;
import dev.nightdesk.table.Replacement;
import java.sql.Date;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BinaryOperator;
import java.util.function.UnaryOperator;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * Touched facts → the rows of KPI tables that they change.
 *
 * <p>Cells add up, so that new cells are old cells, less what touched units had added to them as of
 * before, plus what they add as of now, exactly. What lies above the cells is made anew for touched
 * periods, with all members: {@link Touching} says which.
 */
final class KpiChanges {

  private final SparkSession session;
  private final Views views;
  private final List<Topic> topics;
  private final List<Breakdown> breakdowns;
  private final KpiChangeInputs in;
  private final Keeper keeper;
  private final Cells cells;
  private final Parts parts;
  private final Spans spans;
  private final ChangedDims dims;

  KpiChanges(
      SparkSession session,
      Views views,
      List<Topic> topics,
      List<Breakdown> breakdowns,
      KpiChangeInputs in,
      Keeper keeper) {
    if (in.nightNow().asOf().isBefore(in.nightBefore().asOf())) {
      throw new IllegalArgumentException(
          "The night of %s comes after that of %s, but changes of KPIs go forward only. Compute them whole."
              .formatted(in.nightNow().logicalDate(), in.nightBefore().logicalDate()));
    }
    this.session = session;
    this.views = views;
    this.topics = topics;
    this.breakdowns = breakdowns;
    this.in = in;
    this.keeper = keeper;
    this.cells = new Cells(topics, breakdowns);
    this.parts = new Parts(topics, in.nightNow());
    this.spans = new Spans(topics, in.nightNow());
    this.dims = new ChangedDims(in);
  }

  /** The replacements by table; none if nothing is touched and time stands still. */
  Map<String, Replacement> replacements() {
    List<Topic> whole =
        ofKind(Kind.CONTRIBUTIONS).stream().filter(topic -> dims.isChanged(topic)).toList();
    List<Topic> sliced =
        ofKind(Kind.CONTRIBUTIONS).stream()
            .filter(topic -> !whole.contains(topic))
            .filter(topic -> topic.sources().stream().anyMatch(in::isTouched))
            .toList();
    boolean isTimeOver = in.nightNow().asOf().isAfter(in.nightBefore().asOf());
    Optional<Dataset<Row>> renamed = dims.membersOf(ofKind(Kind.DERIVED));
    boolean isPeriodTopicChanged =
        ofKind(Kind.PERIOD).stream()
            .anyMatch(topic -> sources(List.of(topic)).stream().anyMatch(in::isChanged));
    if (whole.isEmpty()
        && sliced.isEmpty()
        && !isTimeOver
        && renamed.isEmpty()
        && !isPeriodTopicChanged) {
      return Map.of();
    }
    Map<String, Replacement> replacements = new LinkedHashMap<>();
    Dataset<Row> contributed =
        keeper.keep("kpi_contributed_change", contributed(whole, sliced, replacements));
    Dataset<Row> memberSpans =
        keeper.keep(
            "kpi_span",
            spans.of(in.before(KpiEngine.PART, isGrain(Grain.DAY)), contributed, in.nightBefore()));
    Dataset<Row> changes =
        !ofKind(Kind.PERIOD).isEmpty() && (isTimeOver || isPeriodTopicChanged)
            ? keeper.keep(
                "kpi_part_change",
                parts.together(ofPeriodTopics(contributed, memberSpans, isPeriodTopicChanged)))
            : contributed;
    TouchedPeriods changed = TouchedPeriods.of(changes);
    Optional<Dataset<Row>> partsNow = Optional.empty();
    if (!changed.isEmpty()) {
      partsNow =
          Optional.of(
              keeper.keep(
                  "kpi_part_now",
                  parts.together(
                      List.of(
                          changed.in(in.before(KpiEngine.PART, changed.condition())), changes))));
      replacements.put(
          KpiEngine.PART, new Replacement(Parts.PERIOD, changed.keys(), partsNow.get()));
    }
    TouchedPeriods touched =
        TouchedPeriods.of(
            keeper.keep("kpi_touched_period", touched(changed, changes, memberSpans, renamed)));
    if (!touched.isEmpty()) {
      Dataset<Row> keys = touched.keys();
      published(touched, changed, partsNow, memberSpans)
          .forEach(
              (table, rows) -> replacements.put(table, new Replacement(Parts.PERIOD, keys, rows)));
    }
    return replacements;
  }

  /** What contributions change in parts; what they change in cells goes to {@code replacements}. */
  private Dataset<Row> contributed(
      List<Topic> whole, List<Topic> sliced, Map<String, Replacement> replacements) {
    if (whole.isEmpty() && sliced.isEmpty()) {
      return in.before(KpiEngine.PART).limit(0);
    }
    SignedContributions contributions =
        new SignedContributions(session, views, topics, breakdowns, in);
    contributions.addWhole(whole);
    contributions.addTouched(sliced);
    Dataset<Row> signed = keeper.keep("kpi_contribution", contributions.inSlots());
    Dataset<Row> days = keeper.keep("kpi_day_change", cells.changesByDay(signed));
    replaceCells(KpiEngine.CELL_DAY, days, cells::changedDays, replacements);
    List<Dataset<Row>> pieces = new ArrayList<>();
    pieces.add(
        parts.ofDays(
            cells.perMember(days, List.of(Contributions.CELL_DATE), Grain.DAY), Grain.OF_DAYS));
    if (ofKind(Kind.CONTRIBUTIONS).stream().anyMatch(Topic::hasHours)) {
      Dataset<Row> hours = keeper.keep("kpi_hour_change", cells.changesByHour(signed));
      replaceCells(KpiEngine.CELL_HOUR, hours, cells::changedHours, replacements);
      pieces.add(parts.ofHours(cells.perMember(hours, KpiEngine.HOUR_TIME, Grain.HOUR)));
    }
    contributions.ofDistinct().ifPresent(values -> pieces.add(distinct(values, contributions)));
    return parts.together(pieces);
  }

  private Dataset<Row> distinct(Dataset<Row> signedValues, SignedContributions contributions) {
    DistinctParts distinct = new DistinctParts(topics, breakdowns, in.nightNow());
    Dataset<Row> presence = keeper.keep("kpi_presence", distinct.presence(signedValues));
    Set<String> measures = contributions.measuresOfOthers();
    return distinct
        .doubtful(presence, measures)
        .map(
            range ->
                distinct.changes(presence, contributions.valuesBefore(measures, range), measures))
        .orElseGet(() -> distinct.changes(presence));
  }

  private void replaceCells(
      String table,
      Dataset<Row> changes,
      BinaryOperator<Dataset<Row>> changed,
      Map<String, Replacement> replacements) {
    Column date = col(Contributions.CELL_DATE);
    Row range = changes.agg(min(date), max(date)).first();
    if (range.isNullAt(0)) {
      return;
    }
    Dataset<Row> dates = changes.select(date).distinct();
    Dataset<Row> before =
        in.before(
                table, date.geq(lit(range.<Date>getAs(0))).and(date.leq(lit(range.<Date>getAs(1)))))
            .join(
                org.apache.spark.sql.functions.broadcast(dates),
                new String[] {Contributions.CELL_DATE},
                "left_semi");
    replacements.put(
        table,
        new Replacement(List.of(Contributions.CELL_DATE), dates, changed.apply(before, changes)));
  }

  /**
   * What contributions change, less what period topics had put there, plus what they put there now.
   * While their tables stay as they are, only periods that had not ended can change.
   */
  private List<Dataset<Row>> ofPeriodTopics(
      Dataset<Row> contributed, Dataset<Row> memberSpans, boolean isChanged) {
    Periods periods = new Periods(in.nightNow().calendar());
    Column canChange = isChanged ? lit(true) : periods.end().geq(lit(in.nightBefore().asOf()));
    views.create(KpiEngine.PERIOD_DAY, spans.periodDays(memberSpans).filter(canChange));
    sources(ofKind(Kind.PERIOD)).forEach(source -> views.create(source, in.after(source)));
    Contributions contributions = new Contributions(session, in.nightNow(), breakdowns);
    List<Dataset<Row>> pieces = new ArrayList<>(List.of(contributed));
    pieces.addAll(parts.periodTopics(contributions, breakdowns));
    pieces.add(parts.negated(parts.ofPeriodTopics(in.before(KpiEngine.PART)).filter(canChange)));
    return pieces;
  }

  private Dataset<Row> touched(
      TouchedPeriods changed,
      Dataset<Row> changes,
      Dataset<Row> memberSpans,
      Optional<Dataset<Row>> renamed) {
    Touching touching = new Touching(topics, in.nightBefore(), in.nightNow());
    Dataset<Row> days = touching.daysOfSpans(memberSpans);
    Dataset<Row> all =
        changed.periods().union(touching.completed(session)).union(touching.holding(days));
    if (renamed.isPresent()) {
      all = all.union(touching.holding(touching.daysOfMembers(memberSpans, renamed.get())));
    }
    Dataset<Row> levelDays = keeper.keep("kpi_level_day", touching.daysOfLevels(changes));
    Row first = levelDays.agg(min(col(Touching.DAY))).first();
    if (first.isNullAt(0)) {
      return all.distinct();
    }
    Dataset<Row> hours =
        in.before(
                KpiEngine.PART,
                isGrain(Grain.HOUR).and(col(Parts.START_DATE).geq(lit(first.<Date>getAs(0)))))
            .join(
                org.apache.spark.sql.functions.broadcast(levelDays),
                col(Parts.START_DATE).equalTo(col(Touching.DAY)),
                "left_semi")
            .select(TouchedPeriods.columns());
    return all.union(touching.holding(levelDays)).union(hours).distinct();
  }

  private Map<String, Dataset<Row>> published(
      TouchedPeriods touched,
      TouchedPeriods changed,
      Optional<Dataset<Row>> partsNow,
      Dataset<Row> memberSpans) {
    Dataset<Row> before = touched.in(in.before(KpiEngine.PART, touched.condition()));
    Dataset<Row> now = partsNow.map(rows -> changed.notIn(before).unionByName(rows)).orElse(before);
    FormulaRows formulaRows =
        new FormulaRows(topics, in.nightNow().definitions().reportingCurrency());
    Dataset<Row> rows =
        keeper.keep(
            "kpi_formula_row",
            formulaRows.of(
                now,
                spans.scaffold(memberSpans, touched.periods()),
                touched.notIn(in.before(KpiEngine.PART)),
                touched.boundRows()));
    sources(ofKind(Kind.DERIVED)).forEach(source -> views.create(source, in.after(source)));
    return new Published(
            topics,
            breakdowns,
            new KpiTables(topics, breakdowns, in.nightNow(), in.delivered()),
            formulaRows)
        .tables(
            rows,
            now,
            new Contributions(session, in.nightNow(), breakdowns),
            views,
            keeper,
            // They are put in order with the rows that stay in their files.
            UnaryOperator.identity());
  }

  private static Column isGrain(Grain grain) {
    return col(Parts.GRAIN).equalTo(grain.code());
  }

  private static Set<String> sources(List<Topic> topics) {
    Set<String> sources = new LinkedHashSet<>();
    topics.forEach(topic -> sources.addAll(topic.sources()));
    sources.removeAll(Set.of(KpiEngine.PERIOD_DAY, KpiEngine.PERIOD));
    return sources;
  }

  private List<Topic> ofKind(Kind kind) {
    return topics.stream().filter(topic -> topic.kind() == kind).toList();
  }
}
