package dev.nightdesk.audit;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count_if;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.sum;

import dev.nightdesk.contract.TableContract;
import dev.nightdesk.kpi.Breakdown;
import dev.nightdesk.kpi.Grain;
import java.util.ArrayList;
import java.util.HashMap;
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
 * Holds totals against totals: weeks, months, quarters and hours against days, days against facts,
 * and the backlog against what made it.
 */
final class TotalAudit {

  private static final String CREATED = "created_ticket_count";
  private static final String REOPENED = "reopen_count";
  private static final String SOLVED = "solve_event_count";
  private static final String BACKLOG = "backlog_ticket_count";

  /**
   * A figure that a count of facts must equal.
   *
   * @param figure a KPI
   * @param table the fact
   * @param where SQL over its rows
   */
  private record FactCount(String figure, String table, String where) {}

  private static final List<FactCount> FACT_COUNTS =
      List.of(
          new FactCount(CREATED, "fact_ticket", "is_counted"),
          new FactCount(BACKLOG, "fact_ticket", "is_counted AND NOT is_resolved"),
          new FactCount(SOLVED, "fact_resolution", "is_counted"),
          new FactCount(REOPENED, "fact_resolution", "is_counted AND reopened_at IS NOT NULL"));

  private final AuditedTables tables;
  private final AuditedKpis kpis;
  private final Function<String, TableContract> contracts;

  TotalAudit(AuditedTables tables, AuditedKpis kpis, Function<String, TableContract> contracts) {
    this.tables = tables;
    this.kpis = kpis;
    this.contracts = contracts;
  }

  List<AuditResult> results() {
    Set<String> changed = new LinkedHashSet<>();
    tables.changed().forEach(table -> changed.add(table.table()));
    List<Breakdown> rewritten =
        kpis.breakdowns().stream().filter(each -> changed.contains(each.table())).toList();
    List<AuditResult> results = new ArrayList<>();
    if (!rewritten.isEmpty()) {
      results.addAll(periods(rewritten));
    }
    if (changed.contains(Breakdown.ALL.table())
        || FACT_COUNTS.stream().anyMatch(count -> changed.contains(count.table()))) {
      results.addAll(days());
    }
    return results;
  }

  /** Every grain of a breakdown splits the same time, so that its totals are those of the days. */
  private List<AuditResult> periods(List<Breakdown> rewritten) {
    List<String> names =
        rewritten.stream()
            .flatMap(breakdown -> kpis.sums(breakdown, Grain.DAY).keySet().stream())
            .distinct()
            .toList();
    Dataset<Row> totals = null;
    for (Breakdown breakdown : rewritten) {
      Set<String> present = kpis.sums(breakdown, Grain.DAY).keySet();
      List<Column> sums =
          names.stream()
              .map(
                  name ->
                      (present.contains(name) ? sum(col(name)) : lit(null).cast("bigint")).as(name))
              .toList();
      Dataset<Row> ofBreakdown =
          tables
              .whole(contracts.apply(breakdown.table()))
              .groupBy(lit(breakdown.code()).as("breakdown_code"), col("grain_code"))
              .agg(sums.get(0), sums.subList(1, sums.size()).toArray(Column[]::new));
      totals = totals == null ? ofBreakdown : totals.union(ofBreakdown);
    }
    Map<String, Row> rows = new HashMap<>();
    totals.collectAsList().forEach(row -> rows.put(row.getString(0) + " " + row.getString(1), row));
    List<AuditResult> results = new ArrayList<>();
    for (Breakdown breakdown : rewritten) {
      List<AuditResult> failures = new ArrayList<>();
      for (Grain grain : breakdown.grains()) {
        for (String name : kpis.sums(breakdown, Grain.DAY).keySet()) {
          if (grain != Grain.DAY && kpis.sums(breakdown, grain).containsKey(name)) {
            long days = number(rows.get(breakdown.code() + " " + Grain.DAY.code()), name);
            long found = number(rows.get(breakdown.code() + " " + grain.code()), name);
            if (days != found) {
              failures.add(
                  AuditResult.failed(
                      Rule.PERIODS_ADD_UP,
                      breakdown.table(),
                      grain.code() + " " + name,
                      days + " as by day",
                      String.valueOf(found)));
            }
          }
        }
      }
      if (failures.isEmpty()) {
        failures.add(
            AuditResult.passed(
                Rule.PERIODS_ADD_UP, breakdown.table(), "the totals by day", "the totals by day"));
      }
      results.addAll(failures);
    }
    return results;
  }

  private static long number(Row row, String column) {
    return row == null || row.isNullAt(row.fieldIndex(column)) ? 0 : row.<Long>getAs(column);
  }

  /** What the days of all say of created, solved and reopened tickets and of the backlog. */
  private List<AuditResult> days() {
    Set<String> sums = kpis.sums(Breakdown.ALL, Grain.DAY).keySet();
    Set<String> known = new LinkedHashSet<>(kpis.levels(Breakdown.ALL, Grain.DAY).keySet());
    known.addAll(sums);
    known.retainAll(Set.of(CREATED, REOPENED, SOLVED, BACKLOG));
    if (known.isEmpty()) {
      return List.of();
    }
    List<Column> columns = new ArrayList<>(List.of(col("period_start_date")));
    known.forEach(name -> columns.add(col(name)));
    List<Row> days =
        tables
            .whole(contracts.apply(Breakdown.ALL.table()))
            .filter(col("grain_code").equalTo(Grain.DAY.code()))
            .select(columns.toArray(Column[]::new))
            .orderBy("period_start_date")
            .collectAsList();
    List<AuditResult> results = new ArrayList<>(facts(days, known));
    if (known.size() == 4) {
      results.add(identity(days));
    }
    return results;
  }

  private List<AuditResult> facts(List<Row> days, Set<String> known) {
    Map<FactCount, Long> counts = new LinkedHashMap<>();
    for (String table : List.of("fact_ticket", "fact_resolution")) {
      List<FactCount> wanted =
          FACT_COUNTS.stream()
              .filter(count -> count.table().equals(table) && known.contains(count.figure()))
              .toList();
      if (!wanted.isEmpty()) {
        List<Column> aggregates =
            wanted.stream().map(count -> count_if(expr(count.where()))).toList();
        Row row =
            tables
                .whole(contracts.apply(table))
                .agg(
                    aggregates.get(0),
                    aggregates.subList(1, aggregates.size()).toArray(Column[]::new))
                .first();
        for (int i = 0; i < wanted.size(); i++) {
          counts.put(wanted.get(i), row.getLong(i));
        }
      }
    }
    List<AuditResult> results = new ArrayList<>();
    counts.forEach(
        (count, facts) -> {
          long found =
              count.figure().equals(BACKLOG)
                  ? days.isEmpty() ? 0 : number(days.get(days.size() - 1), BACKLOG)
                  : days.stream().mapToLong(day -> number(day, count.figure())).sum();
          results.add(
              new AuditResult(
                  Rule.COUNTS_MATCH_FACTS,
                  Breakdown.ALL.table(),
                  count.figure(),
                  found == facts,
                  "%d, the rows of %s where %s".formatted(facts, count.table(), count.where()),
                  String.valueOf(found)));
        });
    return results;
  }

  private static AuditResult identity(List<Row> days) {
    long before = 0;
    for (Row day : days) {
      long expected = before + number(day, CREATED) + number(day, REOPENED) - number(day, SOLVED);
      long found = number(day, BACKLOG);
      if (found != expected) {
        return AuditResult.failed(
            Rule.BACKLOG_IDENTITY,
            Breakdown.ALL.table(),
            "day " + day.getDate(0),
            "%d = %d + %d created + %d reopened - %d solved"
                .formatted(
                    expected,
                    before,
                    number(day, CREATED),
                    number(day, REOPENED),
                    number(day, SOLVED)),
            String.valueOf(found));
      }
      before = found;
    }
    return AuditResult.passed(
        Rule.BACKLOG_IDENTITY,
        Breakdown.ALL.table(),
        "the backlog of the day before + created + reopened - solved",
        "the same on %d days".formatted(days.size()));
  }
}
