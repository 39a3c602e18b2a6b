package dev.nightdesk.kpi;

import static org.apache.spark.sql.functions.lit;

import dev.nightdesk.table.Night;
import dev.nightdesk.table.Unions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * Contributions that go and come: those of before as of before, with the sign -1, and those of now
 * as of now, with the sign 1.
 */
final class SignedContributions {

  private final SparkSession session;
  private final Views views;
  private final Slots slots;
  private final List<Topic> topics;
  private final List<Breakdown> breakdowns;
  private final KpiChangeInputs in;
  private final List<Topic> touched = new ArrayList<>();
  private final List<Dataset<Row>> inSlots = new ArrayList<>();
  private final List<Dataset<Row>> values = new ArrayList<>();

  SignedContributions(
      SparkSession session,
      Views views,
      List<Topic> topics,
      List<Breakdown> breakdowns,
      KpiChangeInputs in) {
    this.session = session;
    this.views = views;
    this.topics =
        topics.stream().filter(topic -> topic.kind() == Topic.Kind.CONTRIBUTIONS).toList();
    this.slots = new Slots(this.topics);
    this.breakdowns = breakdowns;
    this.in = in;
  }

  /** All contributions of topics. */
  void addWhole(List<Topic> some) {
    add(some, in.nightBefore(), in::before, -1);
    add(some, in.nightNow(), in::after, 1);
  }

  /** The contributions of touched units. */
  void addTouched(List<Topic> some) {
    touched.addAll(some);
    add(
        some,
        in.nightBefore(),
        table -> in.unit(table).isPresent() ? in.touchedBefore(table) : in.before(table),
        -1);
    add(
        some,
        in.nightNow(),
        table -> in.unit(table).isPresent() ? in.touchedNow(table) : in.after(table),
        1);
  }

  /** In the slots of all topics. */
  Dataset<Row> inSlots() {
    return Unions.of(inSlots);
  }

  /** The values that are counted once; absent if none of the topics has one. */
  Optional<Dataset<Row>> ofDistinct() {
    return values.isEmpty() ? Optional.empty() : Optional.of(Unions.of(values));
  }

  /**
   * The measures whose values units that are not touched may have, too. A value that is a unit's
   * own key is in that unit's rows only.
   */
  Set<String> measuresOfOthers() {
    Set<String> measures = new LinkedHashSet<>();
    for (Topic topic : touched) {
      for (Measure measure : topic.measures(Fold.DISTINCT)) {
        boolean isUnit =
            topic.sources().stream()
                .allMatch(source -> in.unit(source).filter(measure.value()::equals).isPresent());
        if (!isUnit) {
          measures.add(measure.name());
        }
      }
    }
    return measures;
  }

  /** The values of measures that all units had before, between two instants. */
  Dataset<Row> valuesBefore(Set<String> measures, Instant[] range) {
    List<Topic> some =
        touched.stream()
            .filter(
                topic ->
                    topic.measures(Fold.DISTINCT).stream()
                        .anyMatch(measure -> measures.contains(measure.name())))
            .toList();
    show(some, in::before);
    return new Contributions(session, in.nightBefore(), breakdowns, Optional.of(range))
        .ofDistinct(some)
        .orElseThrow();
  }

  private void add(List<Topic> some, Night night, Function<String, Dataset<Row>> tables, int sign) {
    if (some.isEmpty()) {
      return;
    }
    show(some, tables);
    Contributions contributions = new Contributions(session, night, breakdowns);
    inSlots.add(contributions.inSlots(some, slots).withColumn(Contributions.SIGN, lit(sign)));
    contributions
        .ofDistinct(some)
        .ifPresent(distinct -> values.add(distinct.withColumn(Contributions.SIGN, lit(sign))));
  }

  private void show(List<Topic> some, Function<String, Dataset<Row>> tables) {
    Set<String> sources = new LinkedHashSet<>();
    some.forEach(topic -> sources.addAll(topic.sources()));
    sources.forEach(source -> views.create(source, tables.apply(source)));
  }
}
