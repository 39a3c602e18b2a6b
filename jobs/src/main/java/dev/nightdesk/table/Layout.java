package dev.nightdesk.table;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.to_date;
import static org.apache.spark.sql.functions.when;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.catalyst.plans.logical.Filter;
import org.apache.spark.sql.catalyst.plans.logical.Generate;
import org.apache.spark.sql.catalyst.plans.logical.LeafNode;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.catalyst.plans.logical.Project;
import org.apache.spark.sql.catalyst.plans.logical.Union;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import scala.jdk.javaapi.CollectionConverters;

/**
 * Which rows lie in one partition, and so in one file.
 *
 * <p>Where a session shuffles into one partition, all of them: such a night is small.
 */
public final class Layout {

  /**
   * Fewer are no file of their own: of facts they are a quarter of a megabyte, of the long form
   * that is made of so many wide rows one. The smaller the files, the less a night writes besides
   * its own rows; below that, opening them takes longer than reading.
   */
  private static final long ROWS_OF_A_FILE = 10_000;

  /** Where few partitions are wanted: one in place of so many. */
  private static final int ONE_OF_MANY = 8;

  private static final String PARTITIONS = "spark.sql.shuffle.partitions";

  private Layout() {}

  /** Rows in ranges of these columns, sorted by them. */
  public static Dataset<Row> inOrder(Dataset<Row> rows, List<String> columns) {
    return inRanges(rows, columns).sortWithinPartitions(columns(columns));
  }

  /**
   * Rows in ranges of these columns: what is equal in all of them lies together.
   *
   * <p>Spark finds ranges in a sample, for which it computes once more what it does to rows after
   * the last shuffle. To rows that are only read and projected that is everything, so those are
   * counted instead, which reads a column or two.
   */
  public static Dataset<Row> inRanges(Dataset<Row> rows, List<String> columns) {
    if (isOnePartition(rows.sparkSession())) {
      return rows.coalesce(1);
    }
    return isOnlyProjected(
            ((org.apache.spark.sql.classic.Dataset<?>) rows).queryExecution().optimizedPlan())
        ? inCountedRanges(rows, untilDay(rows, columns))
        : rows.repartitionByRange(columns(columns));
  }

  /** Rows with those together that are equal in these columns, in no order. */
  public static Dataset<Row> together(Dataset<Row> rows, List<String> columns) {
    return isOnePartition(rows.sparkSession())
        ? rows.coalesce(1)
        : rows.repartition(columns(columns));
  }

  /**
   * The same in few partitions, for work that leaves about as many rows of a small partition as of
   * a large one.
   */
  public static Dataset<Row> togetherInFew(Dataset<Row> rows, List<String> columns) {
    if (isOnePartition(rows.sparkSession())) {
      return rows.coalesce(1);
    }
    int many = Integer.parseInt(rows.sparkSession().conf().get(PARTITIONS));
    return rows.repartition(Math.max(1, many / ONE_OF_MANY), columns(columns));
  }

  /** Whether a session shuffles into one partition. */
  public static boolean isOnePartition(SparkSession spark) {
    return spark.conf().get(PARTITIONS).equals("1");
  }

  private static boolean isOnlyProjected(LogicalPlan plan) {
    boolean isProjected =
        plan instanceof Project
            || plan instanceof Filter
            || plan instanceof Generate
            || plan instanceof Union
            || plan instanceof LeafNode;
    return isProjected
        && CollectionConverters.asJava(plan.children()).stream().allMatch(Layout::isOnlyProjected);
  }

  /** The columns up to a time, and of that the day: what is finer has too many values. */
  private static List<Column> untilDay(Dataset<Row> rows, List<String> columns) {
    List<Column> untilDay = new ArrayList<>();
    for (String column : columns) {
      DataType type = rows.schema().apply(column).dataType();
      if (type.equals(DataTypes.DateType) || type.equals(DataTypes.TimestampType)) {
        untilDay.add(to_date(col(column)));
        break;
      }
      untilDay.add(col(column));
    }
    return untilDay;
  }

  private static Dataset<Row> inCountedRanges(Dataset<Row> rows, List<Column> columns) {
    List<Row> counts =
        rows.groupBy(columns.toArray(Column[]::new)).count().collectAsList().stream()
            // A null is before nothing: it goes to the last range.
            .filter(row -> !row.anyNull())
            .sorted(inOrderOf(columns.size()))
            .toList();
    long most = Long.parseLong(rows.sparkSession().conf().get(PARTITIONS));
    List<Row> firsts = firstsOfRanges(counts, columns.size(), most);
    return rows.repartitionById(firsts.size() + 1, rangeOf(firsts, columns));
  }

  private static Comparator<Row> inOrderOf(int columns) {
    return (one, other) -> {
      for (int at = 0; at < columns; at++) {
        int difference = one.<Comparable<Object>>getAs(at).compareTo(other.get(at));
        if (difference != 0) {
          return difference;
        }
      }
      return 0;
    };
  }

  /**
   * Where ranges of about as many rows each begin, all but the first.
   *
   * @param counts rows by value, in order
   * @param count place of the number of rows
   */
  private static List<Row> firstsOfRanges(List<Row> counts, int count, long most) {
    long total = counts.stream().mapToLong(row -> row.getLong(count)).sum();
    long ranges = Math.max(1, Math.min(most, total / ROWS_OF_A_FILE));
    List<Row> firsts = new ArrayList<>();
    long before = 0;
    long range = 0;
    for (Row row : counts) {
      if (before * ranges / total > range) {
        range = before * ranges / total;
        firsts.add(row);
      }
      before += row.getLong(count);
    }
    return firsts;
  }

  private static Column rangeOf(List<Row> firsts, List<Column> columns) {
    if (firsts.isEmpty()) {
      return lit(0);
    }
    Column range = when(isBefore(firsts.get(0), columns), lit(0));
    for (int at = 1; at < firsts.size(); at++) {
      range = range.when(isBefore(firsts.get(at), columns), lit(at));
    }
    return range.otherwise(lit(firsts.size()));
  }

  private static Column isBefore(Row first, List<Column> columns) {
    Column isBefore = lit(false);
    for (int at = columns.size() - 1; at >= 0; at--) {
      Column column = columns.get(at);
      isBefore = column.lt(first.get(at)).or(column.equalTo(first.get(at)).and(isBefore));
    }
    return isBefore;
  }

  private static Column[] columns(List<String> names) {
    return names.stream().map(name -> col(name)).toArray(Column[]::new);
  }
}
