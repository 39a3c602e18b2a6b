package dev.nightdesk.kpi;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.spark_partition_id;
import static org.assertj.core.api.Assertions.assertThat;

import dev.nightdesk.SparkTestBase;
import dev.nightdesk.io.OnePartition;
import dev.nightdesk.run.DefaultDefinitions;
import dev.nightdesk.table.Definitions;
import dev.nightdesk.table.Night;
import dev.nightdesk.table.ReportingCalendar;
import java.math.BigDecimal;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.junit.jupiter.api.Test;

/** Amounts in several currencies, and topics that are made of KPIs: sales of one week. */
class MoneyAndRanksTest extends SparkTestBase {

  private static final String SQL =
      "SELECT sold_at AS occurred_at, agent_key, 't' AS type_code, 'shop' AS channel_code, 'b' AS"
          + " brand_code, 't' AS team_code, ticket_key, amount, currency_code FROM fact_sale";

  private static final Pair SALE =
      new Pair(
          "sale",
          SQL,
          """
          title: "Sales"
          section: Commerce
          description: "What we sold."
          kind: contributions
          currency: currency_code
          grains: [hour, day, week, month, quarter]
          needs: [order]
          attribution: "order"
          agent: "the seller"
          measures:
            sold_amount: {fold: sum, value: amount, type: "decimal(19,4)"}
          kpis:
            sold_amount: {title: "Sold", question: "How much?", unit: currency, good: higher}
          """);

  private static final Pair COUNT =
      new Pair(
          "sale_count",
          SQL,
          """
          title: "Sales"
          section: Commerce
          description: "How often we sold."
          kind: contributions
          needs: [order]
          attribution: "order"
          agent: "the seller"
          measures:
            sale_count: {fold: count}
          kpis:
            sale_count: {title: "Sales", question: "How many?", unit: sales, good: higher}
          """);

  /** A derived topic that reads a KPI of every period. */
  private static Pair derived(String topic, String expression) {
    return new Pair(
        topic,
        "SELECT grain_code, period_start_at, breakdown_code, member_key, %s AS %s_x FROM kpi_period"
                .formatted(expression, topic)
            + " WHERE breakdown_code = 'agent' AND is_complete",
        """
        title: "Rank"
        section: Agents
        description: "Who sold most."
        kind: derived
        needs: [order]
        breakdowns: [agent]
        attribution: "order"
        agent: "the seller"
        measures:
          %1$s_x: {fold: sum}
        kpis:
          %1$s: {title: "Rank", question: "Who is best?", unit: rank, good: lower, numerator: %1$s_x}
        """
            .formatted(topic));
  }

  @Test
  void wideTablesHaveTheReportingCurrencyAndTheLongFormHasAll() {
    Map<String, List<Row>> tables = tables("EUR", SALE);

    assertThat(amounts(tables, "kpi_overall", "day"))
        .isEqualTo(Map.of("2026-03-02", "10.0300", "2026-03-03", "0.0000", "2026-03-04", "5.0000"));
    assertThat(amounts(tables, "kpi_overall", "week")).isEqualTo(Map.of("2026-03-02", "15.0300"));
    assertThat(amounts(tables, "kpi_overall", "hour"))
        .isEqualTo(Map.of("2026-03-02", "10.0300", "2026-03-03", "0.0000", "2026-03-04", "5.0000"));
    assertThat(values(tables, "day", "all"))
        .containsExactlyInAnyOrder(
            "2026-03-02 10.03 EUR",
            "2026-03-03 0.0 EUR",
            "2026-03-04 5.0 EUR",
            "2026-03-03 7.5 USD",
            "2026-03-04 1.0 unspecified");
    assertThat(values(tables, "week", "agent"))
        .containsExactlyInAnyOrder(
            "2026-03-02 10.03 EUR",
            "2026-03-02 5.0 EUR",
            "2026-03-02 7.5 USD",
            "2026-03-02 1.0 unspecified");
  }

  @Test
  void withoutReportingCurrencyWideTablesHaveNoMoneyAndTheLongFormHasAll() {
    Map<String, List<Row>> tables = tables("", SALE);

    assertThat(tables.get("kpi_overall").stream().map(row -> row.<BigDecimal>getAs("sold_amount")))
        .isNotEmpty()
        .containsOnlyNulls();
    assertThat(values(tables, "week", "all"))
        .containsExactlyInAnyOrder(
            "2026-03-02 15.03 EUR", "2026-03-02 7.5 USD", "2026-03-02 1.0 unspecified");
  }

  @Test
  void derivedTopicsReadKpisAndNotEachOther() {
    Map<String, List<Row>> tables =
        tables(
            "EUR",
            COUNT,
            derived(
                "sale_rank",
                "rank() OVER (PARTITION BY grain_code, period_start_at ORDER BY sale_count DESC)"),
            derived("sale_double", "2 * sale_count"));

    assertThat(
            tables.get("kpi_by_agent").stream()
                .filter(row -> row.getAs("grain_code").equals("day"))
                .map(
                    row ->
                        row.getAs("period_start_date")
                            + " "
                            + row.getAs("agent_key")
                            + " "
                            + row.getAs("sale_rank")
                            + " "
                            + row.getAs("sale_double")))
        .containsExactlyInAnyOrder(
            "2026-03-02 ann 1 4", "2026-03-03 ann 1 2", "2026-03-04 ann 1 2", "2026-03-04 ben 1 2");
    assertThat(
            tables.get("kpi_by_agent").stream()
                .filter(row -> row.getAs("grain_code").equals("week"))
                .map(row -> row.getAs("sale_rank")))
        .as("an unfinished week")
        .containsOnlyNulls();
  }

  /** Or a night would find rows of its periods in every file. */
  @Test
  void derivedTopicsLeaveTheRowsOfAPeriodTogetherInTheLongForm() {
    spark().conf().set("spark.sql.shuffle.partitions", 3);
    OnePartition.use(spark(), false);
    try {
      Dataset<Row> values =
          new KpiEngine(
                  KpiCatalog.of(List.of(COUNT, derived("sale_double", "2 * sale_count"))),
                  Breakdown.DEFAULT)
              .tables(
                  sales(), night("EUR"), Set.of("order"), (stage, kept) -> kept.localCheckpoint())
              .get("kpi_value")
              .select(col("grain_code"), col("period_start_at"), spark_partition_id().as("part"));

      assertThat(values.distinct().count())
          .isEqualTo(values.select("grain_code", "period_start_at").distinct().count())
          .isGreaterThan(3);
    } finally {
      OnePartition.use(spark(), true);
      spark().conf().set("spark.sql.shuffle.partitions", 1);
    }
  }

  @Test
  void agentsAreRankedInCompletePeriodsAmongThoseWithEnoughObservations() {
    KpiCatalog catalog = KpiCatalog.bundled();
    String sql = SqlRun.sql(catalog.topic("agent_rank"), night("EUR"));
    String columns =
        "grain_code string, period_start_at timestamp, breakdown_code string, member_key string,"
            + " is_complete boolean, solved_ticket_count bigint, csat_ratio double,"
            + " csat_response_count bigint, first_response_seconds_p50 double, first_response_count"
            + " bigint, resolution_seconds_p50 double, resolution_count bigint";
    Dataset<Row> periods =
        rows(
            columns,
            period("day", "ann", true, 30, 0.9, 20, 60.0, 20),
            period("day", "ben", true, 30, 0.9, 25, 30.0, 19),
            period("day", "eve", true, 20, 0.8, 40, 90.0, 50),
            period("day", "fay", true, 19, 1.0, 19, 5.0, 19),
            period("day", "robo", true, 90, 1.0, 90, 1.0, 90),
            period("day", "unassigned", true, 90, null, 0, null, 0),
            period("week", "ann", false, 99, 0.9, 99, 60.0, 99));
    Dataset<Row> agents =
        rows(
            "agent_key string, role_code string",
            RowFactory.create("ann", "agent"),
            RowFactory.create("ben", "agent"),
            RowFactory.create("eve", "agent"),
            RowFactory.create("fay", "agent"),
            RowFactory.create("robo", "bot"),
            RowFactory.create("unassigned", "nobody"));

    assertThat(
            SqlRun.rows(spark(), sql, Map.of("kpi_period", periods, "dim_agent", agents)).stream()
                .map(
                    row ->
                        "%s %s %s %s"
                            .formatted(
                                row.getAs("member_key"),
                                row.getAs("solve_rank"),
                                row.getAs("csat_rank"),
                                row.getAs("first_response_rank"))))
        .as("member, places by solves, ratings and first response; at least 20 of each")
        .containsExactlyInAnyOrder("ann 1 1 1", "ben 1 1 null", "eve 3 3 2", "fay null null null");
  }

  private static Row period(
      String grain,
      String member,
      boolean isComplete,
      long solves,
      Double csat,
      long answers,
      Double firstResponse,
      long firstResponses) {
    return RowFactory.create(
        grain,
        at("2026-03-02T00:00:00Z"),
        "agent",
        member,
        isComplete,
        solves,
        csat,
        answers,
        firstResponse,
        firstResponses,
        null,
        0L);
  }

  private static Map<String, List<Row>> tables(String currency, Pair... pairs) {
    Map<String, List<Row>> rows = new TreeMap<>();
    new KpiEngine(KpiCatalog.of(List.of(pairs)), Breakdown.DEFAULT)
        .tables(sales(), night(currency), Set.of("order"), (stage, kept) -> kept.localCheckpoint())
        .forEach((table, tableRows) -> rows.put(table, tableRows.collectAsList()));
    return rows;
  }

  private static Map<String, Dataset<Row>> sales() {
    return Map.of(
        "fact_sale",
        rows(
            "sold_at timestamp, agent_key string, ticket_key string, amount decimal(19,4),"
                + " currency_code string",
            sale("2026-03-02T10:00:00Z", "ann", "10.01", "EUR"),
            sale("2026-03-02T10:30:00Z", "ann", "0.02", "EUR"),
            sale("2026-03-03T09:00:00Z", "ann", "7.50", "USD"),
            sale("2026-03-04T09:00:00Z", "ben", "5.00", "EUR"),
            sale("2026-03-04T09:10:00Z", "ann", "1.00", null)));
  }

  private static Row sale(String at, String agent, String amount, String currency) {
    return RowFactory.create(at(at), agent, at, new BigDecimal(amount).setScale(4), currency);
  }

  private static Timestamp at(String instant) {
    return Timestamp.from(Instant.parse(instant));
  }

  private static Night night(String currency) {
    Definitions usual = DefaultDefinitions.VALUE;
    return new Night(
        LocalDate.parse("2026-03-04"),
        ReportingCalendar.UTC,
        new Definitions(
            usual.csatCutPoints(),
            usual.defaultSlaTargets(),
            usual.channelGroups(),
            usual.botKeys(),
            usual.windows(),
            usual.handleTime(),
            currency,
            usual.sentimentLanguage(),
            usual.identity(),
            usual.yardsticks()));
  }

  private static Map<String, String> amounts(
      Map<String, List<Row>> tables, String table, String grain) {
    Map<String, String> amounts = new TreeMap<>();
    for (Row row : tables.get(table)) {
      if (row.getAs("grain_code").equals(grain)) {
        amounts.put(
            row.getAs("period_start_date").toString(),
            Objects.toString(row.<BigDecimal>getAs("sold_amount")));
      }
    }
    return amounts;
  }

  private static List<String> values(
      Map<String, List<Row>> tables, String grain, String breakdown) {
    return tables.get("kpi_value").stream()
        .filter(row -> row.getAs("kpi_code").equals("sold_amount"))
        .filter(row -> row.getAs("grain_code").equals(grain))
        .filter(row -> row.getAs("breakdown_code").equals(breakdown))
        .map(
            row ->
                row.getAs("period_start_date") + " " + row.getAs("value") + " " + row.getAs("unit"))
        .toList();
  }
}
