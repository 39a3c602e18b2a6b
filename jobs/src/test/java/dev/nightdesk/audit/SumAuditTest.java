package dev.nightdesk.audit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nightdesk.SparkTestBase;
import dev.nightdesk.contract.Contracts;
import dev.nightdesk.contract.TableContract;
import dev.nightdesk.kpi.Breakdown;
import dev.nightdesk.kpi.KpiCatalog;
import dev.nightdesk.kpi.KpiContracts;
import dev.nightdesk.kpi.Pair;
import java.sql.Date;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.junit.jupiter.api.Test;

/**
 * Two days of one ticket type: a ticket is created and left open on the first, and solved on the
 * second. Every test spoils one number.
 */
class SumAuditTest extends SparkTestBase {

  private static final Date MONDAY = Date.valueOf("2026-01-05");
  private static final Date TUESDAY = Date.valueOf("2026-01-06");

  private static final KpiCatalog CATALOG =
      KpiCatalog.of(
          List.of(
              pair("created", "created_ticket_count", "count"),
              pair("solve_event", "solve_event_count", "count"),
              pair("reopen", "reopen_count", "count"),
              pair("backlog", "backlog_ticket_count", "running")));
  private static final List<Breakdown> BREAKDOWNS = List.of(Breakdown.ALL, Breakdown.TYPE);
  private static final KpiContracts CONTRACTS = new KpiContracts(CATALOG, BREAKDOWNS);

  private static final String FIGURES =
      " created_ticket_count bigint, solve_event_count bigint, reopen_count bigint,"
          + " backlog_ticket_count bigint";

  private static Pair pair(String topic, String kpi, String fold) {
    return new Pair(
        topic,
        "SELECT started_at AS occurred_at, agent_key, type_code, channel_code, brand_code,"
            + " team_code, ticket_key, 1 AS change FROM fact_ticket_status",
        """
        title: A
        section: Volume
        description: B
        kind: contributions
        grains: [day, week, month, quarter]
        attribution: then
        agent: nobody
        measures: {%1$s: {fold: %2$s%3$s}}
        kpis: {%1$s: {title: C, question: D, unit: tickets, good: neutral}}
        """
            .formatted(kpi, fold, fold.equals("running") ? ", value: change" : ""));
  }

  /** The numbers of the two days and of the week, which a test may spoil. */
  private static final class Numbers {
    long createdOfAllOnMonday = 1;
    long createdOfTypeOnMonday = 1;
    long createdInTheWeek = 1;
    long backlogOfAllOnTuesday;
    long backlogOfTypeOnMonday = 1;
    boolean isResolved = true;
  }

  private static List<String> broken(Numbers numbers) {
    Map<String, Dataset<Row>> rows = new LinkedHashMap<>();
    rows.put("kpi_overall", wide("all_key", numbers.createdOfAllOnMonday, 1L, numbers));
    rows.put(
        "kpi_by_type",
        wide("type_code", numbers.createdOfTypeOnMonday, numbers.backlogOfTypeOnMonday, numbers));
    rows.put(
        "kpi_cell_day",
        rows(
            "cell_date date, type_code string," + FIGURES,
            RowFactory.create(MONDAY, "returns", 1L, null, null, null),
            RowFactory.create(MONDAY, "returns", null, null, null, 1L),
            RowFactory.create(TUESDAY, "returns", null, 1L, null, -1L)));
    rows.put(
        "fact_ticket",
        rows(
            "is_counted boolean, is_resolved boolean",
            RowFactory.create(true, numbers.isResolved),
            RowFactory.create(false, false)));
    rows.put(
        "fact_resolution",
        rows("is_counted boolean, reopened_at timestamp", RowFactory.create(true, null)));
    AuditedTables tables =
        new AuditedTables() {
          @Override
          public boolean areSmall() {
            return true;
          }

          @Override
          public List<TableContract> changed() {
            return rows.keySet().stream().map(SumAuditTest::contract).toList();
          }

          @Override
          public Dataset<Row> written(TableContract table) {
            return rows.get(table.table());
          }

          @Override
          public Dataset<Row> whole(TableContract table) {
            return rows.get(table.table());
          }
        };
    AuditedKpis kpis = new AuditedKpis(CATALOG, BREAKDOWNS, Set.of());
    List<AuditResult> results =
        new ArrayList<>(new CellAudit(tables, kpis, SumAuditTest::contract).results());
    results.addAll(new TotalAudit(tables, kpis, SumAuditTest::contract).results());
    return results.stream().filter(result -> !result.isPassed()).map(AuditResult::text).toList();
  }

  private static TableContract contract(String table) {
    return table.startsWith("kpi_") ? CONTRACTS.of(table) : Contracts.of(table);
  }

  private static Dataset<Row> wide(
      String member, long createdOnMonday, long backlogOnMonday, Numbers numbers) {
    long backlogOnTuesday = member.equals("all_key") ? numbers.backlogOfAllOnTuesday : 0;
    long createdInTheWeek = member.equals("all_key") ? numbers.createdInTheWeek : 1;
    List<Row> rows = new ArrayList<>();
    rows.add(period("day", MONDAY, createdOnMonday, 0, backlogOnMonday));
    rows.add(period("day", TUESDAY, 0, 1, backlogOnTuesday));
    for (String grain : List.of("week", "month", "quarter")) {
      rows.add(
          period(grain, MONDAY, grain.equals("week") ? createdInTheWeek : createdOnMonday, 1, 0));
    }
    return rows(
        "grain_code string, period_start_date date, " + member + " string," + FIGURES,
        rows.toArray(Row[]::new));
  }

  private static Row period(String grain, Date start, long created, long solved, long backlog) {
    return RowFactory.create(grain, start, "returns", created, solved, 0L, backlog);
  }

  @Test
  void numbersThatAddUpPass() {
    assertThat(broken(new Numbers())).isEmpty();
  }

  @Test
  void aDayThatIsNotTheSumOfItsCellsIsNamed() {
    Numbers numbers = new Numbers();
    numbers.createdOfTypeOnMonday = 2;

    assertThat(broken(numbers))
        .contains(
            "cells_add_up, kpi_by_type, created_ticket_count: expected the sum of the cells of each"
                + " day, found a difference of 1 on 2026-01-05, 1 days like it");
  }

  @Test
  void aMemberWithAnotherLevelThanAllIsNamed() {
    Numbers numbers = new Numbers();
    numbers.backlogOfTypeOnMonday = 3;

    assertThat(broken(numbers))
        .containsExactly(
            "members_add_up, kpi_by_type, backlog_ticket_count: expected the level of all on each"
                + " day, found a difference of 2 on 2026-01-05, 1 days like it");
  }

  @Test
  void aWeekThatHoldsMoreThanItsDaysIsNamed() {
    Numbers numbers = new Numbers();
    numbers.createdInTheWeek = 5;

    assertThat(broken(numbers))
        .containsExactly(
            "periods_add_up, kpi_overall, week created_ticket_count: expected 1 as by day, found"
                + " 5");
  }

  @Test
  void daysThatHoldMoreThanTheFactsBreakTheCountAndTheBacklog() {
    Numbers numbers = new Numbers();
    numbers.createdOfAllOnMonday = 2;
    numbers.createdInTheWeek = 2;

    assertThat(broken(numbers))
        .containsExactlyInAnyOrder(
            "cells_add_up, kpi_overall, created_ticket_count: expected the sum of the cells of each"
                + " day, found a difference of 1 on 2026-01-05, 1 days like it",
            "counts_match_facts, kpi_overall, created_ticket_count: expected 1, the rows of"
                + " fact_ticket where is_counted, found 2",
            "backlog_identity, kpi_overall, day 2026-01-05: expected 2 = 0 + 2 created + 0 reopened"
                + " - 0 solved, found 1");
  }

  @Test
  void anUnresolvedTicketThatTheBacklogLacksIsFound() {
    Numbers numbers = new Numbers();
    numbers.isResolved = false;

    assertThat(broken(numbers))
        .containsExactly(
            "counts_match_facts, kpi_overall, backlog_ticket_count: expected 1, the rows of"
                + " fact_ticket where is_counted AND NOT is_resolved, found 0");
  }
}
