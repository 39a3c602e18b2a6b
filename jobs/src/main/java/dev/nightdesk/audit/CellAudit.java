package dev.nightdesk.audit;

import static org.apache.spark.sql.functions.abs;
import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.array_compact;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.count_if;
import static org.apache.spark.sql.functions.explode;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.min_by;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.when;

import dev.nightdesk.contract.TableContract;
import dev.nightdesk.kpi.Breakdown;
import dev.nightdesk.kpi.Grain;
import dev.nightdesk.kpi.KpiEngine;
import java.sql.Date;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Holds the days of the wide tables against the cells under them, and levels of members against the
 * level of all: for the days that the night wrote.
 *
 * <p>Both sides go into one sum, one of them negated: what does not add up is what is not 0.
 */
final class CellAudit {

  private static final String DATE = "period_start_date";
  private static final String CELL_DATE = "cell_date";
  private static final String BREAKDOWN = "breakdown_code";
  private static final int MOST_DATES_IN_A_FILTER = 400;

  private final AuditedTables tables;
  private final AuditedKpis kpis;
  private final Function<String, TableContract> contracts;

  CellAudit(AuditedTables tables, AuditedKpis kpis, Function<String, TableContract> contracts) {
    this.tables = tables;
    this.kpis = kpis;
    this.contracts = contracts;
  }

  List<AuditResult> results() {
    Set<Date> dates = dates();
    if (dates.isEmpty()) {
      return List.of();
    }
    Map<Breakdown, Map<String, String>> sums = new LinkedHashMap<>();
    Map<Breakdown, Map<String, String>> levels = new LinkedHashMap<>();
    Set<String> names = new LinkedHashSet<>();
    for (Breakdown breakdown : kpis.breakdowns()) {
      sums.put(breakdown, kpis.sums(breakdown, Grain.DAY));
      levels.put(
          breakdown,
          breakdown.equals(Breakdown.ALL) ? Map.of() : kpis.levels(breakdown, Grain.DAY));
      names.addAll(sums.get(breakdown).keySet());
      names.addAll(levels.get(breakdown).keySet());
    }
    if (names.isEmpty()) {
      return List.of();
    }
    Dataset<Row> differences = cells(sums, names, dates);
    for (Breakdown breakdown : kpis.breakdowns()) {
      for (Dataset<Row> side :
          sides(breakdown, sums.get(breakdown), levels.get(breakdown), names, dates)) {
        differences = differences.union(side);
      }
    }
    return results(broken(differences, List.copyOf(names)), List.copyOf(names), sums, levels);
  }

  /** The local days of the written cells and of the written days of all. */
  private Set<Date> dates() {
    Dataset<Row> all = null;
    for (TableContract table : tables.changed()) {
      Dataset<Row> dates =
          table.table().equals(KpiEngine.CELL_DAY)
              ? tables.written(table).select(CELL_DATE)
              : table.table().equals(Breakdown.ALL.table())
                  ? days(tables.written(table)).select(DATE)
                  : null;
      if (dates != null) {
        all = all == null ? dates : all.union(dates);
      }
    }
    Set<Date> found = new LinkedHashSet<>();
    if (all != null) {
      all.distinct().collectAsList().forEach(row -> found.add(row.getDate(0)));
    }
    return found;
  }

  /**
   * The sums of cells, negated, of every breakdown that has their member. The cells are many and
   * wide: one pass adds up those that have the same members, and what is left is few.
   */
  private Dataset<Row> cells(
      Map<Breakdown, Map<String, String>> sums, Set<String> names, Set<Date> dates) {
    List<Column> groups = new ArrayList<>(List.of(col(CELL_DATE)));
    List<Column> breakdowns = new ArrayList<>();
    for (Breakdown breakdown : kpis.breakdowns()) {
      if (breakdown.equals(Breakdown.ALL)) {
        breakdowns.add(lit(breakdown.code()));
      } else {
        String hasMember = "has_" + breakdown.code();
        groups.add(col(breakdown.column()).isNotNull().as(hasMember));
        breakdowns.add(when(col(hasMember), lit(breakdown.code())));
      }
    }
    List<Column> added =
        sums.values().stream()
            .flatMap(ofBreakdown -> ofBreakdown.values().stream())
            .distinct()
            .map(cell -> sum(col(cell)).as(cell))
            .toList();
    List<Column> columns = new ArrayList<>(List.of(col(BREAKDOWN), col(CELL_DATE).as(DATE)));
    for (String name : names) {
      columns.add(negatedCell(name, sums).cast("bigint").as(name));
    }
    return on(CELL_DATE, dates, whole(KpiEngine.CELL_DAY))
        .groupBy(groups.toArray(Column[]::new))
        .agg(count(lit(1)), added.toArray(Column[]::new))
        .withColumn(BREAKDOWN, explode(array_compact(array(breakdowns.toArray(Column[]::new)))))
        .select(columns.toArray(Column[]::new));
  }

  /** Null in a breakdown that does not have the figure. */
  private static Column negatedCell(String name, Map<Breakdown, Map<String, String>> sums) {
    Column value = when(lit(false), lit(null));
    for (Map.Entry<Breakdown, Map<String, String>> ofBreakdown : sums.entrySet()) {
      String cell = ofBreakdown.getValue().get(name);
      if (cell != null) {
        value =
            value.when(
                col(BREAKDOWN).equalTo(ofBreakdown.getKey().code()), lit(0).minus(col(cell)));
      }
    }
    return value;
  }

  /** The figures of a breakdown, and what its levels should be, negated. */
  private List<Dataset<Row>> sides(
      Breakdown breakdown,
      Map<String, String> sums,
      Map<String, String> levels,
      Set<String> names,
      Set<Date> dates) {
    List<Dataset<Row>> sides = new ArrayList<>();
    Dataset<Row> wide = on(DATE, dates, days(whole(breakdown.table())));
    sides.add(
        side(
            breakdown,
            wide,
            DATE,
            names,
            name -> sums.containsKey(name) || levels.containsKey(name) ? col(name) : null));
    if (!levels.isEmpty()) {
      sides.add(
          side(
              breakdown,
              on(DATE, dates, days(whole(Breakdown.ALL.table()))),
              DATE,
              names,
              name -> levels.containsKey(name) ? lit(0).minus(col(name)) : null));
    }
    return sides;
  }

  private static Dataset<Row> side(
      Breakdown breakdown,
      Dataset<Row> rows,
      String date,
      Set<String> names,
      Function<String, Column> value) {
    List<Column> columns =
        new ArrayList<>(List.of(lit(breakdown.code()).as(BREAKDOWN), col(date).as(DATE)));
    for (String name : names) {
      Column added = value.apply(name);
      columns.add((added == null ? lit(null) : added).cast("bigint").as(name));
    }
    return rows.select(columns.toArray(Column[]::new));
  }

  /**
   * One row per breakdown: of each figure the number of odd days, the first, and its difference.
   */
  private static List<Row> broken(Dataset<Row> differences, List<String> names) {
    List<Column> added = names.stream().map(name -> sum(col(name)).as(name)).toList();
    Dataset<Row> perDay =
        differences
            .groupBy(col(BREAKDOWN), col(DATE))
            .agg(added.get(0), added.subList(1, added.size()).toArray(Column[]::new));
    List<Column> counts = new ArrayList<>();
    List<Column> firsts = new ArrayList<>();
    List<Column> differing = new ArrayList<>();
    for (String name : names) {
      Column isOdd = abs(col(name)).gt(0);
      Column oddDate = when(isOdd, col(DATE));
      counts.add(count_if(isOdd));
      firsts.add(org.apache.spark.sql.functions.min(oddDate));
      differing.add(min_by(col(name), oddDate));
    }
    return perDay
        .groupBy(col(BREAKDOWN))
        .agg(
            array(counts.toArray(Column[]::new)).as("counts"),
            array(firsts.toArray(Column[]::new)).as("firsts"),
            array(differing.toArray(Column[]::new)).as("differing"))
        .collectAsList();
  }

  private List<AuditResult> results(
      List<Row> broken,
      List<String> names,
      Map<Breakdown, Map<String, String>> sums,
      Map<Breakdown, Map<String, String>> levels) {
    List<AuditResult> results = new ArrayList<>();
    for (Breakdown breakdown : kpis.breakdowns()) {
      Row row =
          broken.stream()
              .filter(each -> each.getString(0).equals(breakdown.code()))
              .findFirst()
              .orElse(null);
      results.addAll(
          ofRule(Rule.CELLS_ADD_UP, breakdown, sums.get(breakdown).keySet(), names, row));
      if (!levels.get(breakdown).isEmpty()) {
        results.addAll(
            ofRule(Rule.MEMBERS_ADD_UP, breakdown, levels.get(breakdown).keySet(), names, row));
      }
    }
    return results;
  }

  private static List<AuditResult> ofRule(
      Rule rule, Breakdown breakdown, Set<String> figures, List<String> names, Row row) {
    List<AuditResult> failures = new ArrayList<>();
    for (String figure : row == null ? Set.<String>of() : figures) {
      int position = names.indexOf(figure);
      long days = row.<Long>getList(1).get(position);
      if (days > 0) {
        failures.add(
            AuditResult.failed(
                rule,
                breakdown.table(),
                figure,
                rule == Rule.CELLS_ADD_UP
                    ? "the sum of the cells of each day"
                    : "the level of all on each day",
                "a difference of %s on %s, %d days like it"
                    .formatted(
                        row.<Long>getList(3).get(position),
                        row.<Date>getList(2).get(position),
                        days)));
      }
    }
    return failures.isEmpty()
        ? List.of(
            AuditResult.passed(
                rule,
                breakdown.table(),
                "no difference",
                "none in %d figures".formatted(figures.size())))
        : failures;
  }

  private Dataset<Row> whole(String table) {
    return tables.whole(contracts.apply(table));
  }

  private static Dataset<Row> days(Dataset<Row> wide) {
    return wide.filter(col("grain_code").equalTo(Grain.DAY.code()));
  }

  /**
   * The dates as literals let a reader leave out files; a night that wrote all of them reads all.
   */
  private static Dataset<Row> on(String column, Set<Date> dates, Dataset<Row> rows) {
    return dates.size() > MOST_DATES_IN_A_FILTER
        ? rows
        : rows.filter(col(column).isin(dates.toArray()));
  }
}
