package dev.nightdesk.kpi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nightdesk.SparkTestBase;
import dev.nightdesk.contract.ContractViolation;
import dev.nightdesk.run.DefaultDefinitions;
import dev.nightdesk.table.Night;
import dev.nightdesk.table.ReportingCalendar;
import java.sql.Timestamp;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * The engine on one small topic: visits, and who is inside.
 *
 * <p>Berlin, as of the end of Monday 26 October 2026. The night from the 24th to the 25th repeats
 * the hour from two to three: once it begins at 00:00, once at 01:00 UTC.
 */
class KpiEngineTest extends SparkTestBase {

  private static final String YAML =
      """
      title: "Visits"
      section: Volume
      description: "Who comes and goes."
      kind: contributions
      needs: [visit]
      grains: [hour, day, week, month, quarter]
      attribution: "visit"
      agent: "the host"
      measures:
        visit_count: {fold: count, where: "change > 0"}
        inside_count: {fold: running, value: change}
        stay_seconds: {fold: distribution}
      kpis:
        visit_count: {title: "Visits", question: "How many came?", unit: visits, good: neutral}
        inside_count: {title: "Inside", question: "How many are inside?", unit: visitors, good: neutral}
        stay_seconds_mean:
          title: "Mean stay"
          question: "How long?"
          unit: seconds
          good: neutral
          grains: [day, week, month, quarter]
          numerator: stay_seconds_sum
          denominator: stay_seconds_count
      """;

  private static final String SQL =
      "SELECT visited_at AS occurred_at, agent_key, type_code, channel_code, brand_code, team_code,"
          + " ticket_key, change, stay_seconds FROM fact_visit";

  private static final Night NIGHT =
      new Night(
          LocalDate.parse("2026-10-26"),
          new ReportingCalendar(ZoneId.of("Europe/Berlin"), DayOfWeek.MONDAY, 1),
          DefaultDefinitions.VALUE);

  private static final Map<String, List<Row>> TABLES = new TreeMap<>();

  @BeforeAll
  static void buildTheTables() {
    TABLES.putAll(tables(Set.of("visit")));
  }

  @Test
  void theRepeatedHourIsTwoHoursAndTheDayHasBoth() {
    assertThat(values("kpi_overall", "hour", "visit_count"))
        .containsEntry("2026-10-25T00:00:00Z", 1L)
        .containsEntry("2026-10-25T01:00:00Z", 1L)
        .hasSize(4);
    assertThat(values("kpi_overall", "day", "visit_count"))
        .isEqualTo(
            Map.of(
                "2026-10-23T22:00:00Z", 1L,
                "2026-10-24T22:00:00Z", 2L,
                "2026-10-25T23:00:00Z", 0L));
  }

  @Test
  void whatHappensAtAsOfIsTheNextDays() {
    assertThat(values("kpi_overall", "month", "visit_count"))
        .isEqualTo(Map.of("2026-09-30T22:00:00Z", 3L));
  }

  @Test
  void aLevelIsCarriedOnThroughPeriodsWithoutEvents() {
    assertThat(values("kpi_overall", "day", "inside_count"))
        .isEqualTo(
            Map.of(
                "2026-10-23T22:00:00Z", 1L,
                "2026-10-24T22:00:00Z", 2L,
                "2026-10-25T23:00:00Z", 2L));
    assertThat(values("kpi_overall", "hour", "inside_count"))
        .containsEntry("2026-10-25T01:00:00Z", 3L)
        .containsEntry("2026-10-25T11:00:00Z", 2L);
  }

  @Test
  void aMemberHasRowsFromFirstToLastEventAndOnWhileItsLevelStands() {
    assertThat(values("kpi_by_agent", "day", "inside_count", "agent_key", "ann"))
        .isEqualTo(Map.of("2026-10-23T22:00:00Z", 1L, "2026-10-24T22:00:00Z", 0L));
    assertThat(values("kpi_by_agent", "day", "inside_count", "agent_key", "ben"))
        .isEqualTo(Map.of("2026-10-24T22:00:00Z", 1L, "2026-10-25T23:00:00Z", 1L));
  }

  @Test
  void aRowWithoutAgentCountsForAllAndForNoAgent() {
    assertThat(TABLES.get("kpi_by_agent").stream().map(row -> row.<String>getAs("agent_key")))
        .containsOnly("ann", "ben");
    assertThat(values("kpi_by_type", "day", "visit_count", "type_code", "late"))
        .isEqualTo(Map.of("2026-10-24T22:00:00Z", 2L, "2026-10-25T23:00:00Z", 0L));
  }

  @Test
  void onlyPeriodsThatEndedByAsOfAreComplete() {
    Map<String, Boolean> isComplete = new TreeMap<>();
    for (Row row : TABLES.get("kpi_overall")) {
      if (Set.of("day", "week", "month").contains(row.<String>getAs("grain_code"))) {
        isComplete.put(
            row.getAs("grain_code") + " " + row.getAs("period_start_date"),
            row.getAs("is_complete"));
      }
    }
    assertThat(isComplete)
        .isEqualTo(
            Map.of(
                "day 2026-10-24", true,
                "day 2026-10-25", true,
                "day 2026-10-26", true,
                "week 2026-10-19", true,
                "week 2026-10-26", false,
                "month 2026-10-01", false));
  }

  @Test
  void aMeanWithoutValuesIsNullAndHasNoLongRow() {
    assertThat(values("kpi_overall", "day", "stay_seconds_mean"))
        .containsEntry("2026-10-24T22:00:00Z", 90.0)
        .containsEntry("2026-10-25T23:00:00Z", null);
    assertThat(values("kpi_overall", "hour", "stay_seconds_mean").values()).containsOnlyNulls();
    assertThat(
            TABLES.get("kpi_value").stream()
                .filter(row -> row.getAs("kpi_code").equals("stay_seconds_mean"))
                .filter(row -> row.getAs("breakdown_code").equals("all"))
                .filter(row -> row.getAs("grain_code").equals("day"))
                .map(row -> row.getAs("numerator") + " / " + row.getAs("denominator")))
        .containsExactly("90.0 / 1.0");
  }

  @Test
  void aKpiThatNoSourceDeliversIsNullEverywhere() {
    Map<String, List<Row>> tables = tables(Set.of("ticket"));

    assertThat(tables.get("kpi_overall")).isNotEmpty();
    assertThat(tables.get("kpi_overall").stream().map(row -> row.<Long>getAs("visit_count")))
        .containsOnlyNulls();
    assertThat(tables.get("kpi_value")).isEmpty();
    assertThat(tables.get("kpi_catalog").stream().map(row -> row.<Boolean>getAs("is_delivered")))
        .containsOnly(false);
  }

  @Test
  void sqlThatDoesNotFitTheFactsIsNamedByFile() {
    KpiEngine engine =
        new KpiEngine(
            KpiCatalog.of(List.of(new Pair("visit", SQL.replace("visited_at", "came_at"), YAML))),
            Breakdown.DEFAULT);

    assertThatThrownBy(() -> engine.tables(facts(), NIGHT, Set.of("visit"), (stage, rows) -> rows))
        .isInstanceOf(ContractViolation.class)
        .hasMessageContaining("schemas/kpi/visit.sql")
        .hasMessageContaining("came_at");
    assertThat(spark().catalog().tableExists("fact_visit")).isFalse();
  }

  private static Map<String, List<Row>> tables(Set<String> delivered) {
    Map<String, List<Row>> rows = new TreeMap<>();
    new KpiEngine(KpiCatalog.of(List.of(new Pair("visit", SQL, YAML))), Breakdown.DEFAULT)
        .tables(facts(), NIGHT, delivered, (stage, kept) -> kept.localCheckpoint())
        .forEach((table, tableRows) -> rows.put(table, tableRows.collectAsList()));
    return rows;
  }

  private static Map<String, Dataset<Row>> facts() {
    return Map.of(
        "fact_visit",
        rows(
            "visited_at timestamp, agent_key string, type_code string, channel_code string,"
                + " brand_code string, team_code string, ticket_key string, change int,"
                + " stay_seconds bigint",
            visit("2026-10-24T10:15:00Z", "ann", "early", 1, null),
            visit("2026-10-25T00:30:00Z", "ben", "late", 1, null),
            visit("2026-10-25T01:30:00Z", null, "late", 1, null),
            visit("2026-10-25T11:45:00Z", "ann", "early", -1, 90L),
            visit("2026-10-26T23:00:00Z", "eve", "tomorrow", 1, null)));
  }

  private static Row visit(String at, String agent, String type, int change, Long seconds) {
    return RowFactory.create(
        Timestamp.from(Instant.parse(at)), agent, type, "door", "b", "t", at, change, seconds);
  }

  /** A column of a table by the start of the period. */
  private static Map<String, Object> values(
      String table, String grain, String kpi, String... member) {
    Map<String, Object> values = new LinkedHashMap<>();
    for (Row row : TABLES.get(table)) {
      if (row.getAs("grain_code").equals(grain)
          && (member.length == 0 || row.getAs(member[0]).equals(member[1]))) {
        values.put(row.<Timestamp>getAs("period_start_at").toInstant().toString(), row.getAs(kpi));
      }
    }
    return values;
  }
}
