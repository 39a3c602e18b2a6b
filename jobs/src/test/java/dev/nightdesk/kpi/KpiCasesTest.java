package dev.nightdesk.kpi;

import static org.apache.spark.sql.functions.col;
import static org.assertj.core.api.Assertions.assertThat;

import dev.nightdesk.SparkTestBase;
import dev.nightdesk.contract.ContractViolation;
import dev.nightdesk.contract.Contracts;
import dev.nightdesk.contract.TableContract;
import dev.nightdesk.dim.DimAgent;
import dev.nightdesk.dim.DimChannel;
import dev.nightdesk.dim.DimCustomer;
import dev.nightdesk.dim.DimMacro;
import dev.nightdesk.dim.DimTicketType;
import dev.nightdesk.fact.FactAgentShift;
import dev.nightdesk.fact.FactBacklogChange;
import dev.nightdesk.fact.FactCall;
import dev.nightdesk.fact.FactCallLeg;
import dev.nightdesk.fact.FactConversion;
import dev.nightdesk.fact.FactMacroUse;
import dev.nightdesk.fact.FactMessage;
import dev.nightdesk.fact.FactOrder;
import dev.nightdesk.fact.FactResolution;
import dev.nightdesk.fact.FactResponse;
import dev.nightdesk.fact.FactSelfServiceSession;
import dev.nightdesk.fact.FactSla;
import dev.nightdesk.fact.FactSocialMention;
import dev.nightdesk.fact.FactSurvey;
import dev.nightdesk.fact.FactTicket;
import dev.nightdesk.fact.FactTicketStatus;
import dev.nightdesk.history.TicketHistory;
import dev.nightdesk.run.DefaultDefinitions;
import dev.nightdesk.table.Definitions;
import dev.nightdesk.table.Inputs;
import dev.nightdesk.table.Night;
import dev.nightdesk.table.ReportingCalendar;
import dev.nightdesk.table.Table;
import dev.nightdesk.table.Yardsticks;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * Runs every case of {@code fixtures/kpi}, and of {@code src/test/resources/kpi}, where pairs lie
 * that the catalogue does not know.
 *
 * <p>Cases of the same as of and zone run as one night, each as a brand of its own: what a case
 * expects of all its tickets is in {@code kpi_by_brand}.
 */
class KpiCasesTest extends SparkTestBase {

  private static final Path FIXTURES = Path.of("../fixtures/kpi");
  private static final Path UNKNOWN = Path.of("src/test/resources/kpi");
  private static final List<Breakdown> BREAKDOWNS = Breakdown.with(List.of("brand"));
  private static final Set<String> DELIVERED =
      Set.of(
          "ticket",
          "ticket_event",
          "message",
          "survey",
          "agent",
          "customer",
          "schedule",
          "sla_policy",
          "call",
          "order",
          "agent_shift",
          "macro",
          "macro_use",
          "social_mention",
          "self_service_session");

  /** The defaults, with a currency and a country of phone numbers, which have none. */
  private static final Definitions DEFINITIONS =
      new Definitions(
          DefaultDefinitions.VALUE.csatCutPoints(),
          DefaultDefinitions.VALUE.defaultSlaTargets(),
          DefaultDefinitions.VALUE.channelGroups(),
          DefaultDefinitions.VALUE.botKeys(),
          DefaultDefinitions.VALUE.windows(),
          DefaultDefinitions.VALUE.handleTime(),
          "EUR",
          DefaultDefinitions.VALUE.sentimentLanguage(),
          new Definitions.Identity("salt of the cases", "DE"),
          DefaultDefinitions.VALUE.yardsticks());

  private static final List<Table> FACTS =
      List.of(
          new TicketHistory(),
          new DimCustomer(),
          new DimAgent(),
          new DimTicketType(),
          new DimChannel(),
          new DimMacro(),
          new FactOrder(),
          new FactConversion(),
          new FactTicket(),
          new FactResolution(),
          new FactResponse(),
          new FactMessage(),
          new FactTicketStatus(),
          new FactBacklogChange(),
          new FactSla(),
          new FactSurvey(),
          new FactSocialMention(),
          new FactSelfServiceSession(),
          new FactAgentShift(),
          new FactCall(),
          new FactCallLeg(),
          new FactMacroUse());

  private static final List<Pair> STRANGERS = strangers();
  private static final KpiCatalog CATALOG =
      KpiCatalog.of(Stream.concat(Pair.bundled().stream(), STRANGERS.stream()).toList());
  private static final List<KpiCase> CASES =
      Stream.concat(KpiCase.below(FIXTURES).stream(), KpiCase.below(UNKNOWN).stream()).toList();

  /** Rows by table that cases compare, for every night that they run in. */
  private static final Map<String, Map<String, List<Row>>> NIGHTS = new TreeMap<>();

  private static final Map<String, Map<String, Dataset<Row>>> FACTS_OF_NIGHTS = new TreeMap<>();

  /** The columns of KPI tables, of which some have no row. */
  private static final Map<String, StructType> SCHEMAS = new TreeMap<>();

  @BeforeAll
  static void runAllCases() {
    Map<String, List<KpiCase>> nights =
        CASES.stream()
            .collect(Collectors.groupingBy(KpiCasesTest::night, TreeMap::new, Collectors.toList()));
    nights.forEach((night, cases) -> NIGHTS.put(night, run(cases)));
  }

  @TestFactory
  Stream<DynamicTest> cases() {
    assertThat(CASES).as("cases below " + FIXTURES.toAbsolutePath()).hasSizeGreaterThan(12);
    assertThat(CASES.stream().map(KpiCase::name)).as("names of cases").doesNotHaveDuplicates();
    return CASES.stream().map(one -> DynamicTest.dynamicTest(one.toString(), () -> check(one)));
  }

  @Test
  void aKpiThatNobodyKnewIsInEveryTable() {
    List<String> kpis =
        CATALOG.kpis().stream()
            .filter(kpi -> STRANGERS.stream().anyMatch(pair -> pair.topic().equals(kpi.topic())))
            .map(Kpi::name)
            .toList();
    assertThat(kpis).isNotEmpty();
    Map<String, List<Row>> tables = NIGHTS.get(night(named("night_and_day")));
    for (Breakdown breakdown : BREAKDOWNS) {
      Row any = tables.get(breakdown.table()).get(0);
      assertThat(any.schema().fieldNames()).as(breakdown.table()).containsAll(kpis);
    }
    for (String table : List.of(KpiEngine.VALUE, KpiEngine.CATALOG)) {
      assertThat(tables.get(table).stream().map(row -> row.<String>getAs("kpi_code")))
          .as(table)
          .containsAll(kpis);
    }
    assertThat(CATALOG.list()).contains(kpis);
  }

  @Test
  void theDrillDownListsTheRowsBehindANumber() {
    KpiCase merged = named("merged_away");
    assertThat(
            drillDown(merged, "created_ticket_count", Grain.DAY, "2021-11-03", Breakdown.BRAND)
                .stream()
                .map(row -> row.<String>getAs("ticket_key")))
        .containsExactly("merged_away:b");

    KpiCase again = named("reopened_and_open");
    assertThat(
            drillDown(again, "backlog_ticket_count", Grain.DAY, "2021-12-31", Breakdown.BRAND)
                .stream()
                .mapToInt(row -> row.<Integer>getAs("backlog_change")))
        .containsExactly(1, -1, 1);

    KpiCase targets = named("targets");
    assertThat(
            drillDown(targets, "sla_breach_count", Grain.WEEK, "2021-11-10", Breakdown.BRAND)
                .stream()
                .map(row -> row.<String>getAs("ticket_key")))
        .containsExactly("targets:made_urgent");
  }

  @Test
  void everyTableHasTheColumnsOfItsContract() {
    for (TableContract contract : new KpiContracts(CATALOG, BREAKDOWNS).all()) {
      assertThat(SCHEMAS).containsKey(contract.table());
      assertThat(
              Arrays.stream(SCHEMAS.get(contract.table()).fields())
                  .map(field -> field.name() + " " + field.dataType().sql()))
          .as(contract.table())
          .containsExactlyElementsOf(
              contract.columns().stream()
                  .map(column -> column.name() + " " + column.type().sql())
                  .toList());
    }
  }

  @Test
  void everyTableHasOneRowPerKeyAndNoNullInIt() {
    Map<String, List<Row>> tables = NIGHTS.get(night(named("alarming_once")));
    for (TableContract contract : new KpiContracts(CATALOG, BREAKDOWNS).all()) {
      assertThat(
              tables.get(contract.table()).stream()
                  .map(
                      row ->
                          contract.key().stream()
                              .map(column -> String.valueOf(row.<Object>getAs(column)))
                              .toList()))
          .as(contract.table() + " " + contract.key())
          .doesNotHaveDuplicates();
    }
  }

  @Test
  void viewsAreGoneAfterwards() {
    assertThat(spark().catalog().listTables().collectAsList())
        .noneMatch(view -> view.isTemporary());
  }

  private static KpiCase named(String name) {
    return CASES.stream().filter(one -> one.name().equals(name)).findFirst().orElseThrow();
  }

  private static List<Row> drillDown(
      KpiCase one, String kpi, Grain grain, String day, Breakdown breakdown) {
    Map<String, Dataset<Row>> facts = FACTS_OF_NIGHTS.get(night(one));
    Map<String, String> queries =
        new DrillDown(CATALOG, nightOf(one))
            .queries(kpi, grain, LocalDate.parse(day), breakdown, one.name());
    assertThat(queries).as("queries of " + kpi).hasSize(1);
    try {
      facts.forEach((name, rows) -> rows.createOrReplaceTempView(name));
      return spark().sql(queries.values().iterator().next()).collectAsList();
    } finally {
      facts.keySet().forEach(spark().catalog()::dropTempView);
    }
  }

  private static Night nightOf(KpiCase one) {
    return new Night(
        one.asOf(), new ReportingCalendar(one.zone(), DayOfWeek.MONDAY, 1), DEFINITIONS);
  }

  private static String night(KpiCase one) {
    return one.asOf() + " " + one.zone();
  }

  private static Map<String, List<Row>> run(List<KpiCase> cases) {
    Night night = nightOf(cases.get(0));
    Map<String, Dataset<Row>> tables = new LinkedHashMap<>();
    FACTS.stream()
        .flatMap(fact -> fact.inputs().stream())
        .filter(input -> input.startsWith("stg_"))
        .forEach(
            staged -> tables.computeIfAbsent(staged, name -> given(Contracts.of(name), cases)));
    Map<String, List<Row>> rows = new TreeMap<>();
    for (Table fact : FACTS) {
      Dataset<Row> built = fact.build(Inputs.of(fact, tables), night).localCheckpoint();
      tables.put(fact.name(), built);
      if (KpiCase.expectedTables(cases).contains(fact.name())) {
        rows.put(fact.name(), built.collectAsList());
      }
    }
    FACTS_OF_NIGHTS.put(night(cases.get(0)), tables);
    // A hundred KPIs a row make half a million long rows: those of the strangers and those that a
    // case names tell all.
    Object[] longRows =
        Stream.concat(
                CATALOG.kpis().stream()
                    .filter(
                        kpi ->
                            STRANGERS.stream().anyMatch(pair -> pair.topic().equals(kpi.topic())))
                    .map(Kpi::name),
                cases.stream()
                    .flatMap(
                        one -> one.expected().getOrDefault(KpiEngine.VALUE, List.of()).stream())
                    .map(row -> (String) row.get("kpi_code")))
            .toArray();
    KpiEngine engine = new KpiEngine(CATALOG, BREAKDOWNS);
    Map<String, Dataset<Row>> made =
        engine.tables(tables, night, DELIVERED, (stage, stageRows) -> stageRows.localCheckpoint());
    made.forEach(
        (table, tableRows) ->
            rows.put(
                table,
                (table.equals(KpiEngine.VALUE)
                        ? tableRows.filter(col("kpi_code").isin(longRows))
                        : tableRows)
                    .collectAsList()));
    if (SCHEMAS.isEmpty() || needOwnTables(cases)) {
      Map<String, Dataset<Row>> sources = new LinkedHashMap<>(tables);
      made.forEach(
          (table, tableRows) ->
              sources.put(
                  table,
                  table.equals(KpiEngine.VALUE)
                      ? tableRows.filter(col("kpi_code").isin(measuredRows())).localCheckpoint()
                      : tableRows));
      Map<String, Dataset<Row>> own = engine.ownTables(sources, night, DELIVERED);
      own.forEach((table, tableRows) -> rows.put(table, tableRows.collectAsList()));
      own.forEach((table, tableRows) -> SCHEMAS.put(table, tableRows.schema()));
    }
    made.forEach((table, tableRows) -> SCHEMAS.put(table, tableRows.schema()));
    return rows;
  }

  private static boolean needOwnTables(List<KpiCase> cases) {
    return CATALOG.tables().stream()
        .map(Topic::code)
        .anyMatch(KpiCase.expectedTables(cases)::contains);
  }

  /** The KPIs that the tables of their own look up by the configuration. */
  private static Object[] measuredRows() {
    Yardsticks yardsticks = DEFINITIONS.yardsticks();
    return Stream.of(
            Stream.of("created_ticket_count"),
            yardsticks.serviceLevels().stream().map(Yardsticks.ServiceLevel::kpi),
            yardsticks.alertRules().stream().map(Yardsticks.AlertRule::kpi),
            yardsticks.targets().stream().map(Yardsticks.Target::kpi))
        .flatMap(codes -> codes)
        .distinct()
        .toArray();
  }

  private static Dataset<Row> given(TableContract contract, List<KpiCase> cases) {
    List<String> json = cases.stream().flatMap(one -> one.rows(contract).stream()).toList();
    return spark()
        .read()
        .schema(contract.schema())
        .option("mode", "FAILFAST")
        .json(spark().createDataset(json, Encoders.STRING()));
  }

  private static void check(KpiCase one) {
    assertThat(one.expected()).as("expected tables of " + one.name()).isNotEmpty();
    Map<String, List<Row>> tables = NIGHTS.get(night(one));
    one.expected()
        .forEach(
            (table, expectedRows) ->
                expectedRows.forEach(
                    expected -> checkRow(one, table, tables.get(table), expected)));
  }

  private static void checkRow(
      KpiCase one, String table, List<Row> rows, Map<String, Object> named) {
    assertThat(rows).as("There is a table " + table).isNotNull();
    Map<String, Object> expected = new LinkedHashMap<>(named);
    if (table.equals("kpi_by_brand")) {
      expected.put("brand_code", one.name());
    }
    if (table.equals(KpiEngine.VALUE)
        && expected.putIfAbsent("breakdown_code", Breakdown.BRAND.code()) == null) {
      expected.put("member_key", one.name());
    }
    Set<String> identity =
        new TreeSet<>(Set.of("period_start_date", "metric_code", "instance_number"));
    identity.addAll(contract(table).key());
    identity.retainAll(expected.keySet());
    List<Row> found =
        rows.stream()
            .filter(
                row ->
                    identity.stream()
                        .allMatch(column -> text(row, column).equals(text(expected.get(column)))))
            .toList();
    assertThat(found).as("rows of %s with %s", table, expected).hasSize(1);
    List<String> actual = new ArrayList<>();
    List<String> wanted = new ArrayList<>();
    for (Map.Entry<String, Object> column : expected.entrySet()) {
      wanted.add(column.getKey() + ": " + text(column.getValue()));
      String value = text(found.get(0), column.getKey());
      actual.add(
          column.getKey()
              + ": "
              + (isSame(value, text(column.getValue())) ? text(column.getValue()) : value));
    }
    assertThat(actual).as(table + " of " + one).containsExactlyElementsOf(wanted);
  }

  private static TableContract contract(String table) {
    return table.startsWith("kpi_")
        ? new KpiContracts(CATALOG, BREAKDOWNS).of(table)
        : Contracts.of(table);
  }

  private static boolean isSame(String actual, String expected) {
    if (actual.equals(expected)) {
      return true;
    }
    try {
      return Math.abs(Double.parseDouble(actual) - Double.parseDouble(expected)) < 0.000_05;
    } catch (NumberFormatException e) {
      return false;
    }
  }

  private static String text(Row row, String column) {
    Object value = row.getAs(column);
    return text(value instanceof java.sql.Timestamp at ? at.toInstant() : value);
  }

  private static String text(Object value) {
    return String.valueOf(value);
  }

  private static List<Pair> strangers() {
    try (Stream<Path> files = Files.list(UNKNOWN)) {
      List<Pair> pairs = new ArrayList<>();
      for (Path sql : files.filter(file -> file.toString().endsWith(".sql")).sorted().toList()) {
        String topic = sql.getFileName().toString().replace(".sql", "");
        pairs.add(
            new Pair(
                topic, Files.readString(sql), Files.readString(UNKNOWN.resolve(topic + ".yaml"))));
      }
      return pairs;
    } catch (IOException e) {
      throw new ContractViolation("The pairs of %s cannot be read".formatted(UNKNOWN), e);
    }
  }
}
