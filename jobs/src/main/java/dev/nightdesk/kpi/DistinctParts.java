package dev.nightdesk.kpi;

import static org.apache.spark.sql.functions.broadcast;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.explode;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.min;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.when;

import dev.nightdesk.table.Night;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Numbers of different values: they do not add up, so they are counted per period and member. */
final class DistinctParts {

  /** Rows of a value, period and member that touched units had, have, and that others have. */
  private static final String WERE = "were_count";

  private static final String ARE = "are_count";
  private static final String OTHERS = "base_count";

  private static final List<String> PRESENCE =
      List.of(
          Contributions.DISTINCT_OF,
          Contributions.DISTINCT_VALUE,
          Parts.GRAIN,
          Parts.START_AT,
          Parts.START_DATE,
          Parts.BREAKDOWN,
          Parts.MEMBER);

  private final List<Topic> counting;
  private final List<Breakdown> breakdowns;
  private final Periods periods;

  DistinctParts(List<Topic> topics, List<Breakdown> breakdowns, Night night) {
    this.counting =
        topics.stream().filter(topic -> !topic.measures(Fold.DISTINCT).isEmpty()).toList();
    this.breakdowns = breakdowns;
    this.periods = new Periods(night.calendar());
  }

  /** The numbers of all values; {@code values} is what {@link Contributions} gives. */
  Dataset<Row> of(Dataset<Row> values) {
    List<String> measures =
        counting.stream()
            .flatMap(topic -> topic.measures(Fold.DISTINCT).stream())
            .map(Measure::name)
            .toList();
    List<Breakdown> present = Cells.breakdownsOf(counting, breakdowns);
    return new ValueWalk(measures, Grain.OF_DAYS, present)
        .counted(
            values,
            Grain.OF_DAYS.stream()
                .map(grain -> periods.startDate(grain, col(Contributions.CELL_DATE)))
                .toList(),
            present.stream().map(breakdown -> Cells.member(counting, breakdown)).toList())
        .withColumn(Parts.START_AT, periods.startOf(col(Parts.START_DATE)))
        .withColumn(Contributions.CURRENCY, lit(null).cast("string"));
  }

  /** Values that appear in a period of a member, or vanish from it, as far as units tell. */
  Dataset<Row> presence(Dataset<Row> signedValues) {
    Column sign = col(Contributions.SIGN);
    Dataset<Row> ofCells =
        signedValues
            .groupBy(cellValue())
            .agg(count(when(sign.lt(0), 1)).as(WERE), count(when(sign.gt(0), 1)).as(ARE));
    return perPeriod(ofCells)
        .groupBy(columns(PRESENCE))
        .agg(sum(col(WERE)).as(WERE), sum(col(ARE)).as(ARE))
        .filter(col(WERE).gt(0).notEqual(col(ARE).gt(0)));
  }

  /**
   * From when until when the periods last in which somebody else may have the value, too.
   *
   * @param measures those whose values other units may have
   */
  Optional<Instant[]> doubtful(Dataset<Row> presence, Set<String> measures) {
    if (measures.isEmpty()) {
      return Optional.empty();
    }
    Row range =
        presence
            .filter(col(Contributions.DISTINCT_OF).isin(measures.toArray()))
            .withColumn(Parts.END_AT, periods.end())
            .agg(min(col(Parts.START_AT)), max(col(Parts.END_AT)))
            .first();
    return range.isNullAt(0)
        ? Optional.empty()
        : Optional.of(
            new Instant[] {
              range.<Timestamp>getAs(0).toInstant(), range.<Timestamp>getAs(1).toInstant()
            });
  }

  /** What presence changes, where nobody else has any of the values. */
  Dataset<Row> changes(Dataset<Row> presence) {
    return counted(presence.withColumn("change", change()));
  }

  /**
   * What presence changes.
   *
   * @param valuesBefore the values of all units before, in the periods in doubt
   * @param measures those whose values other units may have
   */
  Dataset<Row> changes(Dataset<Row> presence, Dataset<Row> valuesBefore, Set<String> measures) {
    Dataset<Row> asked =
        presence
            .filter(col(Contributions.DISTINCT_OF).isin(measures.toArray()))
            .select(col(Contributions.DISTINCT_OF), col(Contributions.DISTINCT_VALUE))
            .distinct();
    Dataset<Row> base =
        perPeriod(
                valuesBefore
                    .join(
                        broadcast(asked),
                        new String[] {Contributions.DISTINCT_OF, Contributions.DISTINCT_VALUE},
                        "left_semi")
                    .groupBy(cellValue())
                    .agg(count(lit(1)).as(OTHERS)))
            .groupBy(columns(PRESENCE))
            .agg(sum(col(OTHERS)).as(OTHERS));
    Column othersHaveIt = coalesce(col(OTHERS), lit(0)).minus(col(WERE)).gt(0);
    Column isInDoubt = col(Contributions.DISTINCT_OF).isin(measures.toArray());
    return counted(
        dev.nightdesk.logic.Joins.zeroOrOne(presence, base, PRESENCE.toArray(String[]::new))
            .filter(org.apache.spark.sql.functions.not(isInDoubt.and(othersHaveIt)))
            .withColumn("change", change()));
  }

  private static Column change() {
    return when(col(ARE).gt(0), lit(1L)).otherwise(lit(-1L));
  }

  private Dataset<Row> perPeriod(Dataset<Row> ofCells) {
    Dataset<Row> split =
        ofCells
            .withColumn("split", explode(Cells.members(counting, breakdowns)))
            .withColumn(Parts.BREAKDOWN, col("split." + Parts.BREAKDOWN))
            .withColumn(Parts.MEMBER, col("split." + Parts.MEMBER))
            .filter(col(Parts.MEMBER).isNotNull());
    return periods.in(split, explode(periods.holding(col(Contributions.CELL_DATE))));
  }

  private Dataset<Row> counted(Dataset<Row> changes) {
    List<Column> columns = new ArrayList<>();
    for (Topic topic : counting) {
      for (Measure counted : topic.measures(Fold.DISTINCT)) {
        Column isIts = col(Contributions.DISTINCT_OF).equalTo(counted.name());
        columns.add(sum(when(isIts, col("change")).otherwise(lit(0L))).as(counted.name()));
      }
    }
    return changes
        .groupBy(columns(PRESENCE.subList(2, PRESENCE.size())))
        .agg(columns.get(0), columns.subList(1, columns.size()).toArray(Column[]::new))
        .withColumn(Contributions.CURRENCY, lit(null).cast("string"));
  }

  private Column[] cellValue() {
    return Stream.of(
            Stream.of(Slots.TOPIC, Contributions.CELL_DATE, Contributions.DISTINCT_OF),
            Breakdown.columns(breakdowns).stream(),
            Stream.of(Contributions.DISTINCT_VALUE))
        .flatMap(names -> names)
        .map(name -> col(name))
        .toArray(Column[]::new);
  }

  private static Column[] columns(List<String> names) {
    return names.stream().map(name -> col(name)).toArray(Column[]::new);
  }
}
