package dev.nightdesk.kpi;

import static org.apache.spark.sql.functions.broadcast;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.timestamp_micros;
import static org.apache.spark.sql.functions.unix_micros;
import static org.apache.spark.sql.functions.when;

import dev.nightdesk.table.Layout;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataType;

/**
 * What formulas are evaluated over: one row per grain, period, breakdown and member, zero where
 * nothing happened, levels carried on, amounts in the reporting currency.
 */
final class FormulaRows {

  /** Whether a row is wanted, or only there to carry a level on to those that are. */
  private static final String IS_WANTED = "is_wanted";

  private static final List<String> SERIES = List.of(Parts.GRAIN, Parts.BREAKDOWN, Parts.MEMBER);

  private static final List<String> TIME = List.of(Parts.START_AT, Parts.START_DATE);

  private final List<Topic> topics;
  private final String reportingCurrency;

  FormulaRows(List<Topic> topics, String reportingCurrency) {
    this.topics = topics;
    this.reportingCurrency = reportingCurrency;
  }

  /**
   * All rows.
   *
   * @param parts rows of {@code kpi_part}
   * @param scaffold rows without numbers
   */
  Dataset<Row> of(Dataset<Row> parts, Dataset<Row> scaffold) {
    return together(List.of(inReportingCurrency(parts), scaffold), TIME);
  }

  /**
   * The rows of some periods.
   *
   * @param parts rows of {@code kpi_part}, of these periods
   * @param scaffold rows without numbers, of these periods
   * @param others all other rows of {@code kpi_part}
   * @param bounds per grain the {@code first_start_at} and {@code last_start_at} of these periods
   */
  Dataset<Row> of(
      Dataset<Row> parts, Dataset<Row> scaffold, Dataset<Row> others, Dataset<Row> bounds) {
    if (running().isEmpty()) {
      return of(parts, scaffold);
    }
    List<Dataset<Row>> pieces =
        List.of(
            inReportingCurrency(parts).withColumn(IS_WANTED, lit(true)),
            scaffold.withColumn(IS_WANTED, lit(true)),
            carried(others, bounds));
    // No period is both: whether it is wanted tells nothing apart that its start does not.
    List<String> time = Stream.concat(TIME.stream(), Stream.of(IS_WANTED)).toList();
    return together(pieces, time).filter(col(IS_WANTED)).drop(IS_WANTED);
  }

  /**
   * The changes of levels in other periods: those before the first wanted one in one row, of those
   * after the last nobody needs to know.
   */
  private Dataset<Row> carried(Dataset<Row> others, Dataset<Row> bounds) {
    Column something = lit(false);
    List<Column> sums = new ArrayList<>();
    for (String name : running()) {
      something = something.or(col(name).notEqual(0));
      sums.add(sum(col(name)).as(name));
    }
    Column isEarlier = col(Parts.START_AT).lt(col(TouchedPeriods.FIRST));
    return others
        .filter(something)
        .join(broadcast(bounds), Parts.GRAIN)
        .filter(col(Parts.START_AT).lt(col(TouchedPeriods.LAST)))
        .groupBy(
            col(Parts.GRAIN),
            // A microsecond before the first: in front of it, whatever the start of the earlier.
            when(isEarlier, timestamp_micros(unix_micros(col(TouchedPeriods.FIRST)).minus(1)))
                .otherwise(col(Parts.START_AT))
                .as(Parts.START_AT),
            when(isEarlier, lit(null)).otherwise(col(Parts.START_DATE)).as(Parts.START_DATE),
            col(Parts.BREAKDOWN),
            col(Parts.MEMBER))
        .agg(sums.get(0), sums.subList(1, sums.size()).toArray(Column[]::new))
        .withColumn(IS_WANTED, lit(false));
  }

  /**
   * What the columns of wide tables are made of: rows without money, and those with money in the
   * reporting currency. Of the others the row stays, since something happened, but no amount.
   */
  private Dataset<Row> inReportingCurrency(Dataset<Row> parts) {
    Column isOther = col(Contributions.CURRENCY).notEqual(reportingCurrency);
    List<String> amounts =
        topics.stream()
            .filter(Topic::isMoney)
            .flatMap(topic -> topic.measures().stream())
            .flatMap(measure -> Parts.types(measure).keySet().stream())
            .toList();
    List<Column> columns = new ArrayList<>();
    for (String name : parts.columns()) {
      if (amounts.contains(name)) {
        columns.add(when(isOther, lit(null)).otherwise(col(name)).as(name));
      } else if (!name.equals(Contributions.CURRENCY)) {
        columns.add(col(name));
      }
    }
    return parts.select(columns.toArray(Column[]::new));
  }

  /** The rows of {@code kpi_part} with money in any other currency. */
  Dataset<Row> inOtherCurrencies(Dataset<Row> parts) {
    return parts.filter(col(Contributions.CURRENCY).notEqual(reportingCurrency));
  }

  /**
   * @param time what tells the rows of a series apart
   */
  private Dataset<Row> together(List<Dataset<Row>> pieces, List<String> time) {
    Map<String, DataType> parts = new LinkedHashMap<>();
    Parts.measures(topics).forEach(measure -> parts.putAll(Parts.types(measure)));
    return new WideRows(List.of(), parts)
        .levels(Layout.together(Parts.union(pieces), SERIES), SERIES, time, running());
  }

  /** The measures of a derived topic, to be put beside the rows of their keys. */
  static Dataset<Row> folded(Topic topic, Dataset<Row> derived) {
    List<Column> folded = Parts.foldRows(topic);
    return derived
        .groupBy(Parts.KEY.stream().map(name -> col(name)).toArray(Column[]::new))
        .agg(folded.get(0), folded.subList(1, folded.size()).toArray(Column[]::new));
  }

  private List<String> running() {
    return Parts.running(topics);
  }
}
