package dev.nightdesk.kpi;

import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.explode;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.when;

import dev.nightdesk.kpi.Topic.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Contributions → finest cells → sums per time and member.
 *
 * <p>All of it in slots; only published cells have a column per measure. Those are many: moved,
 * sorted and read again are the narrow rows.
 *
 * <p>Topics with distributions are folded apart from the others: Spark folds histograms by objects,
 * plain sums by generated code, and most rows are plain.
 */
final class Cells {

  private final List<Topic> topics;
  private final List<Breakdown> breakdowns;

  /**
   * @param topics all topics; those that are no contributions have no cells
   */
  Cells(List<Topic> topics, List<Breakdown> breakdowns) {
    this.topics = topics.stream().filter(topic -> topic.kind() == Kind.CONTRIBUTIONS).toList();
    this.breakdowns = breakdowns;
  }

  /** One row per topic, local day and finest member, in slots. */
  Dataset<Row> byDay(Contributions contributions) {
    return cells(contributions, topics, dayKeys());
  }

  /** One row per topic, hour and finest member of the breakdowns that have hours, in slots. */
  Dataset<Row> byHour(Contributions contributions) {
    return cells(contributions, topics.stream().filter(Topic::hasHours).toList(), hourKeys());
  }

  /**
   * What contributions that come and go change in the cells of days: rows like theirs, to be added
   * to them; none where the changes cancel out.
   *
   * @param signed contributions in the slots of all topics, with {@link Contributions#SIGN}
   */
  Dataset<Row> changesByDay(Dataset<Row> signed) {
    return changes(signed, topics, dayKeys());
  }

  /** The same of the cells of hours. */
  Dataset<Row> changesByHour(Dataset<Row> signed) {
    return changes(signed, topics.stream().filter(Topic::hasHours).toList(), hourKeys());
  }

  /** Cells of days as they are published. */
  Dataset<Row> publishedDays(Dataset<Row> inSlots) {
    return published(inSlots, topics, dayKeys());
  }

  /** Cells of hours as they are published. */
  Dataset<Row> publishedHours(Dataset<Row> inSlots) {
    return published(inSlots, topics.stream().filter(Topic::hasHours).toList(), hourKeys());
  }

  /**
   * Published cells of days with what changes them; a cell of which nothing is left vanishes.
   *
   * @param changes in slots
   */
  Dataset<Row> changedDays(Dataset<Row> published, Dataset<Row> changes) {
    return publishedDays(sums(published, changes, topics, dayKeys()));
  }

  /** The same of cells of hours. */
  Dataset<Row> changedHours(Dataset<Row> published, Dataset<Row> changes) {
    return publishedHours(
        sums(published, changes, topics.stream().filter(Topic::hasHours).toList(), hourKeys()));
  }

  List<String> dayKeys() {
    return keys(Stream.of(Slots.TOPIC, Contributions.CELL_DATE), breakdowns);
  }

  List<String> hourKeys() {
    return keys(
        Stream.of(Slots.TOPIC, Contributions.HOUR_STARTED_AT, Contributions.CELL_DATE),
        breakdownsWith(Grain.HOUR));
  }

  /** Sums of cells per {@code time} columns, breakdown and member; all in slots. */
  Dataset<Row> perMember(Dataset<Row> cells, List<String> time, Grain grain) {
    List<Topic> present =
        grain == Grain.HOUR ? topics.stream().filter(Topic::hasHours).toList() : topics;
    List<String> keys = new ArrayList<>(List.of(Slots.TOPIC));
    keys.addAll(time);
    keys.add(Parts.BREAKDOWN);
    keys.add(Parts.MEMBER);
    keys.add(Contributions.CURRENCY);
    Dataset<Row> all = null;
    for (List<Topic> group : groups(present)) {
      Slots slots = new Slots(group);
      List<Column> columns = new ArrayList<>(List.of(col(Slots.TOPIC)));
      time.forEach(column -> columns.add(col(column)));
      columns.add(explode(members(group, breakdownsWith(grain))).as("split"));
      columns.add(col(Contributions.CURRENCY));
      columns.add(col(Contributions.CONTRIBUTIONS));
      columns.addAll(slots.columns());
      Dataset<Row> split =
          of(group, cells)
              .select(columns.toArray(Column[]::new))
              .withColumn(Parts.BREAKDOWN, col("split." + Parts.BREAKDOWN))
              .withColumn(Parts.MEMBER, col("split." + Parts.MEMBER))
              .drop("split")
              .filter(col(Parts.MEMBER).isNotNull());
      all = plus(all, left(fold(split, keys, slots.foldParts()), slots));
    }
    return all;
  }

  /**
   * Sums of rows of slots.
   *
   * @param keys what the rows of a topic are added up by
   */
  Dataset<Row> sumOfSlots(Dataset<Row> inSlots, List<String> keys) {
    List<String> ofTopic = new ArrayList<>(List.of(Slots.TOPIC));
    ofTopic.addAll(keys);
    Dataset<Row> all = null;
    for (List<Topic> group : groups(topics)) {
      all = plus(all, fold(of(group, inSlots), ofTopic, new Slots(group).foldParts()));
    }
    return all;
  }

  /**
   * The members that a row of topics counts for: an array of (breakdown, member), a null member
   * where it does not.
   */
  static Column members(List<Topic> topics, List<Breakdown> breakdowns) {
    List<Column> members = new ArrayList<>();
    for (Breakdown breakdown : breakdownsOf(topics, breakdowns)) {
      members.add(
          struct(
              lit(breakdown.code()).as(Parts.BREAKDOWN),
              member(topics, breakdown).as(Parts.MEMBER)));
    }
    return array(members.toArray(Column[]::new));
  }

  /** Those in which any of the topics counts. */
  static List<Breakdown> breakdownsOf(List<Topic> topics, List<Breakdown> breakdowns) {
    return breakdowns.stream()
        .filter(breakdown -> topics.stream().anyMatch(topic -> topic.isIn(breakdown)))
        .toList();
  }

  /** The member of a breakdown that a row of topics counts for; null where it does not. */
  static Column member(List<Topic> topics, Breakdown breakdown) {
    Column member =
        breakdown.equals(Breakdown.ALL) ? lit(Breakdown.ALL_MEMBER) : col(breakdown.column());
    Object[] present =
        topics.stream().filter(topic -> topic.isIn(breakdown)).map(Topic::code).toArray();
    return present.length == topics.size() ? member : when(col(Slots.TOPIC).isin(present), member);
  }

  List<Breakdown> breakdownsWith(Grain grain) {
    return breakdowns.stream().filter(breakdown -> breakdown.grains().contains(grain)).toList();
  }

  private static Dataset<Row> cells(
      Contributions contributions, List<Topic> topics, List<String> keys) {
    Dataset<Row> all = null;
    for (List<Topic> group : groups(topics)) {
      Slots slots = new Slots(group);
      all = plus(all, fold(contributions.inSlots(group, slots), keys, slots.foldValues()));
    }
    return all;
  }

  private static Dataset<Row> changes(Dataset<Row> signed, List<Topic> topics, List<String> keys) {
    List<String> signedKeys = new ArrayList<>(keys);
    signedKeys.add(Contributions.SIGN);
    Dataset<Row> all = null;
    for (List<Topic> group : groups(topics)) {
      Slots slots = new Slots(group);
      Dataset<Row> cells =
          select(
              fold(of(group, signed), signedKeys, slots.foldValues()),
              keys,
              col(Contributions.CONTRIBUTIONS)
                  .multiply(col(Contributions.SIGN))
                  .as(Contributions.CONTRIBUTIONS),
              slots.signed(col(Contributions.SIGN)));
      all = plus(all, left(fold(cells, keys, slots.foldParts()), slots));
    }
    return all;
  }

  private static Dataset<Row> sums(
      Dataset<Row> published, Dataset<Row> changes, List<Topic> topics, List<String> keys) {
    Column count = col(Contributions.CONTRIBUTIONS);
    Dataset<Row> all = null;
    for (List<Topic> group : groups(topics)) {
      Slots slots = new Slots(group);
      Dataset<Row> both =
          select(of(group, published), keys, count, slots.gather())
              .unionByName(select(of(group, changes), keys, count, slots.columns()));
      all = plus(all, left(fold(both, keys, slots.foldParts()), slots));
    }
    return all;
  }

  private static Dataset<Row> published(
      Dataset<Row> inSlots, List<Topic> topics, List<String> keys) {
    return select(
        inSlots, keys, col(Contributions.CONTRIBUTIONS), new Slots(inOrder(topics)).spread());
  }

  private static Dataset<Row> select(
      Dataset<Row> rows, List<String> keys, Column count, List<Column> measures) {
    List<Column> columns = new ArrayList<>(List.of(columns(keys)));
    columns.add(count);
    columns.addAll(measures);
    return rows.select(columns.toArray(Column[]::new));
  }

  private static Dataset<Row> of(List<Topic> group, Dataset<Row> rows) {
    return rows.filter(col(Slots.TOPIC).isin(group.stream().map(Topic::code).toArray()));
  }

  /** Folded rows of which anything is left. */
  private static Dataset<Row> left(Dataset<Row> folded, Slots slots) {
    return folded.filter(col(Contributions.CONTRIBUTIONS).notEqual(0).or(slots.isSomething()));
  }

  private static Dataset<Row> fold(Dataset<Row> rows, List<String> keys, List<Column> folded) {
    List<Column> aggregates = new ArrayList<>(folded);
    aggregates.add(sum(col(Contributions.CONTRIBUTIONS)).as(Contributions.CONTRIBUTIONS));
    return rows.groupBy(columns(keys))
        .agg(aggregates.get(0), aggregates.subList(1, aggregates.size()).toArray(Column[]::new));
  }

  /** Topics in the order of the cells' columns. */
  static List<Topic> inOrder(List<Topic> topics) {
    return groups(topics).stream().flatMap(List::stream).toList();
  }

  private static List<List<Topic>> groups(List<Topic> topics) {
    Predicate<Topic> hasDistribution = topic -> !topic.measures(Fold.DISTRIBUTION).isEmpty();
    return Stream.of(
            topics.stream().filter(hasDistribution.negate()).toList(),
            topics.stream().filter(hasDistribution).toList())
        .filter(group -> !group.isEmpty())
        .toList();
  }

  private static List<String> keys(Stream<String> first, List<Breakdown> breakdowns) {
    return Stream.of(
            first, Breakdown.columns(breakdowns).stream(), Stream.of(Contributions.CURRENCY))
        .flatMap(columns -> columns)
        .toList();
  }

  private static Column[] columns(List<String> names) {
    return names.stream().map(name -> col(name)).toArray(Column[]::new);
  }

  private static Dataset<Row> plus(Dataset<Row> all, Dataset<Row> more) {
    return all == null ? more : all.unionByName(more, true);
  }
}
