package dev.nightdesk.kpi;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.date_from_unix_date;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.unix_date;
import static org.apache.spark.sql.functions.xxhash64;

import dev.nightdesk.table.Layout;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * Values of days → how many different ones there are per period and member.
 *
 * <p>To an aggregate of Spark every value of a day is a row for each of its periods and members, up
 * to sixteen by default, and every row is hashed by all its texts. Here the rows of a value follow
 * each other, so that a number per period and member is enough that remembers which value it
 * counted last: the tasks of kpi_part took 63 instead of 94 seconds of processor time (200,000
 * tickets, one run each). A task holds as many of these numbers as there are periods and members.
 */
final class ValueWalk implements Serializable {

  private static final long serialVersionUID = 1L;

  private final List<String> measures;
  private final List<String> grains;
  private final List<String> breakdowns;

  /**
   * @param measures those whose values are counted
   * @param grains in the order of the columns of days
   * @param breakdowns in the order of the columns of members
   */
  ValueWalk(List<String> measures, List<Grain> grains, List<Breakdown> breakdowns) {
    this.measures = List.copyOf(measures);
    this.grains = grains.stream().map(Grain::code).toList();
    this.breakdowns = breakdowns.stream().map(Breakdown::code).toList();
  }

  /**
   * A row per grain, first day, breakdown and member, with the number of values per measure.
   *
   * @param values with {@link Contributions#DISTINCT_OF} and {@link Contributions#DISTINCT_VALUE}
   * @param starts the first days of the periods in which a value counts, by grain
   * @param members the members for which it counts, by breakdown; null for none
   */
  Dataset<Row> counted(Dataset<Row> values, List<Column> starts, List<Column> members) {
    List<Column> read = new ArrayList<>();
    read.add(col(Contributions.DISTINCT_OF));
    read.add(col(Contributions.DISTINCT_VALUE));
    for (int grain = 0; grain < starts.size(); grain++) {
      read.add(unix_date(starts.get(grain)).as("start_" + grain));
    }
    for (int breakdown = 0; breakdown < members.size(); breakdown++) {
      read.add(members.get(breakdown).as("member_" + breakdown));
    }
    StructType counted =
        new StructType()
            .add(Parts.GRAIN, DataTypes.StringType, false)
            .add(Parts.START_DATE, DataTypes.IntegerType, false)
            .add(Parts.BREAKDOWN, DataTypes.StringType, false)
            .add(Parts.MEMBER, DataTypes.StringType, false);
    for (String measure : measures) {
      counted = counted.add(measure, DataTypes.LongType, false);
    }
    MapPartitionsFunction<Row, Row> walk = this::walk;
    // A value is counted in one task, and a member in several.
    List<Column> sums = measures.stream().map(measure -> sum(col(measure)).as(measure)).toList();
    return Layout.togetherInFew(
            values.select(read.toArray(Column[]::new)), List.of(Contributions.DISTINCT_VALUE))
        // Numbers are sorted sooner than texts, which decide where two have the same.
        .sortWithinPartitions(
            xxhash64(col(Contributions.DISTINCT_OF), col(Contributions.DISTINCT_VALUE)),
            col(Contributions.DISTINCT_OF),
            col(Contributions.DISTINCT_VALUE))
        .mapPartitions(walk, Encoders.row(counted))
        .groupBy(Parts.GRAIN, Parts.START_DATE, Parts.BREAKDOWN, Parts.MEMBER)
        .agg(sums.get(0), sums.subList(1, sums.size()).toArray(Column[]::new))
        .withColumn(Parts.START_DATE, date_from_unix_date(col(Parts.START_DATE)));
  }

  /**
   * A period and member.
   *
   * @param start days since 1970
   */
  private record Cell(int grain, int start, int breakdown, String member) {}

  /** Numbers of values by measure, and which value each counted last. */
  private record Counts(long[] numbers, long[] last) {

    Counts(int measures) {
      this(new long[measures], new long[measures]);
    }

    /**
     * @param value from 1, each greater than the one before
     */
    void count(int measure, long value) {
      if (last[measure] != value) {
        last[measure] = value;
        numbers[measure]++;
      }
    }
  }

  private Iterator<Row> walk(Iterator<Row> sorted) {
    Map<Cell, Counts> counts = new HashMap<>();
    String measure = null;
    String text = null;
    int place = -1;
    long value = 0;
    while (sorted.hasNext()) {
      Row row = sorted.next();
      if (!row.getString(0).equals(measure) || !row.getString(1).equals(text)) {
        measure = row.getString(0);
        text = row.getString(1);
        place = measures.indexOf(measure);
        value++;
      }
      for (int breakdown = 0; breakdown < breakdowns.size(); breakdown++) {
        String member = row.getString(2 + grains.size() + breakdown);
        if (member != null) {
          for (int grain = 0; grain < grains.size(); grain++) {
            counts
                .computeIfAbsent(
                    new Cell(grain, row.getInt(2 + grain), breakdown, member),
                    cell -> new Counts(measures.size()))
                .count(place, value);
          }
        }
      }
    }
    return counts.entrySet().stream().map(cell -> row(cell.getKey(), cell.getValue())).iterator();
  }

  private Row row(Cell cell, Counts counts) {
    Object[] values = new Object[4 + measures.size()];
    values[0] = grains.get(cell.grain());
    values[1] = cell.start();
    values[2] = breakdowns.get(cell.breakdown());
    values[3] = cell.member();
    for (int measure = 0; measure < measures.size(); measure++) {
      values[4 + measure] = counts.numbers()[measure];
    }
    return RowFactory.create(values);
  }
}
