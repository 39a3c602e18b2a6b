package dev.nightdesk.kpi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nightdesk.SparkTestBase;
import dev.nightdesk.contract.TableContract;
import dev.nightdesk.run.DefaultDefinitions;
import dev.nightdesk.table.Definitions;
import dev.nightdesk.table.Night;
import dev.nightdesk.table.ReportingCalendar;
import dev.nightdesk.table.Yardsticks;
import dev.nightdesk.table.Yardsticks.AlertRule;
import dev.nightdesk.table.Yardsticks.Comparison;
import dev.nightdesk.table.Yardsticks.Direction;
import dev.nightdesk.table.Yardsticks.Limit;
import dev.nightdesk.table.Yardsticks.ServiceLevel;
import dev.nightdesk.table.Yardsticks.Target;
import java.sql.Date;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;

/**
 * The tables of their own over KPI tables made by hand: UTC, from Monday 2 February to the end of
 * Monday 9 March 2026.
 */
class OwnTablesTest extends SparkTestBase {

  private static final LocalDate FIRST = LocalDate.parse("2026-02-02");
  private static final LocalDate LAST = LocalDate.parse("2026-03-09");
  private static final Set<String> DELIVERED = Set.of("ticket", "macro_use");

  private final List<Row> values = new ArrayList<>();
  private final List<Row> byType = new ArrayList<>();
  private final List<Row> byChannel = new ArrayList<>();
  private Yardsticks yardsticks = DefaultDefinitions.VALUE.yardsticks();

  // Service levels.

  @Test
  void threeFourAndFourPointsAreAboveAverage() {
    serviceLevel(36_000, 20);

    assertThat(
            only("kpi_service_level", "first_response_points", "resolution_points", "csat_points"))
        .isEqualTo("4 3 4");
    assertThat(only("kpi_service_level", "grade_points", "grade_code", "channel_group_code"))
        .isEqualTo("4 above_average email");
  }

  @Test
  void onePointAnywhereCapsTheGradeAtBelowAverage() {
    serviceLevel(345_600, 20);

    assertThat(only("kpi_service_level", "resolution_points", "grade_points", "grade_code"))
        .isEqualTo("1 2 below_average");
  }

  @Test
  void aPartWithTooFewObservationsIsSkipped() {
    serviceLevel(345_600, 19);

    assertThat(only("kpi_service_level", "resolution_points", "resolution_count", "grade_points"))
        .isEqualTo("null 19 4");
  }

  @Test
  void withoutPointsThereIsNoGrade() {
    byChannel.add(channel("fax"));
    byChannel.add(channel("post"));
    values.add(value("first_response_seconds_p50", LAST, "channel", "post", 60.0, 19.0));

    assertThat(
            all(
                "kpi_service_level",
                "channel_code",
                "grade_points",
                "grade_code",
                "first_response_count"))
        .as("nothing at all, and too few")
        .containsExactlyInAnyOrder("fax null no_data 0", "post null no_data 19");
  }

  @Test
  void theCutPointsOfThePeriodsFirstDayHold() {
    List<ServiceLevel> levels =
        List.of(
            level("2026-01-01", 100, 200, 300, 400),
            level("2026-03-09", 10, 20, 30, 40),
            level("2026-03-10", 1_000, 2_000, 3_000, 4_000));
    yardsticks = with(levels, List.of(), List.of());
    byChannel.add(channel("fax"));
    values.add(value("first_response_seconds_p50", LAST, "channel", "fax", 20.0, 25.0));

    assertThat(only("kpi_service_level", "first_response_points", "grade_code"))
        .as("20 s of at most 20 s")
        .isEqualTo("4 above_average");
  }

  // Alerts.

  @Test
  void aFigureThatJumpsIsOneAlert() {
    everyDay("first_response_seconds_p50", "chat", 180, 20);
    everyDay("first_response_seconds_p50", "email", 180, 20);
    replace("first_response_seconds_p50", "chat", LAST, 600, 20);

    assertThat(
            all(
                "kpi_alert",
                "kpi_code",
                "local_date",
                "member_key",
                "value",
                "weekday_median_value"))
        .containsExactly("first_response_seconds_p50 2026-03-09 chat 600.0 180.0");
  }

  @Test
  void aJumpThatStaysIsOneAlert() {
    everyDay("first_response_seconds_p50", "chat", 180, 20);
    replace("first_response_seconds_p50", "chat", LAST.minusDays(1), 600, 20);
    replace("first_response_seconds_p50", "chat", LAST, 600, 20);

    assertThat(all("kpi_alert", "local_date", "member_key")).containsExactly("2026-03-08 chat");
  }

  @Test
  void bothChangesMustBeReachedOnBothSides() {
    // 300 s more, but not half of 700; half of 400 more, but no 300 s.
    everyDay("first_response_seconds_p50", "much", 700, 20);
    replace("first_response_seconds_p50", "much", LAST, 1_000, 20);
    everyDay("first_response_seconds_p50", "little", 400, 20);
    replace("first_response_seconds_p50", "little", LAST, 600, 20);
    // Exactly both.
    everyDay("first_response_seconds_p50", "just", 600, 20);
    replace("first_response_seconds_p50", "just", LAST, 900, 20);
    // Mondays are always so.
    everyDay("first_response_seconds_p50", "mondays", 180, 20);
    for (int week = 0; week <= 5; week++) {
      replace("first_response_seconds_p50", "mondays", LAST.minusWeeks(week), 600, 20);
    }

    assertThat(all("kpi_alert", "member_key")).containsExactly("just");
  }

  @Test
  void everySideNeedsEnoughObservations() {
    everyDay("first_response_seconds_p50", "today", 180, 20);
    replace("first_response_seconds_p50", "today", LAST, 600, 19);
    everyDay("first_response_seconds_p50", "yesterday", 180, 20);
    replace("first_response_seconds_p50", "yesterday", LAST, 600, 20);
    replace("first_response_seconds_p50", "yesterday", LAST.minusDays(1), 180, 19);
    everyDay("first_response_seconds_p50", "four_weeks_ago", 180, 20);
    replace("first_response_seconds_p50", "four_weeks_ago", LAST, 600, 20);
    replace("first_response_seconds_p50", "four_weeks_ago", LAST.minusWeeks(4), 180, 19);
    everyDay("first_response_seconds_p50", "five_weeks_ago", 180, 20);
    replace("first_response_seconds_p50", "five_weeks_ago", LAST, 600, 20);
    replace("first_response_seconds_p50", "five_weeks_ago", LAST.minusWeeks(5), 180, 19);

    assertThat(all("kpi_alert", "member_key")).containsExactly("five_weeks_ago");
  }

  @Test
  void aRatioThatFallsIsAnAlertAndACountIsItsOwnNumber() {
    everyDay("csat_ratio", "chat", 0.9, 20);
    replace("csat_ratio", "chat", LAST, 0.4, 20);
    everyDay("csat_ratio", "mail", 0.3, 20);
    replace("csat_ratio", "mail", LAST, 0.9, 20);
    for (LocalDate day = FIRST; !day.isAfter(LAST); day = day.plusDays(1)) {
      values.add(
          value("created_ticket_count", day, "type", "bug", day.equals(LAST) ? 60.0 : 25.0, null));
      values.add(
          value(
              "created_ticket_count", day, "type", "small", day.equals(LAST) ? 60.0 : 19.0, null));
    }

    assertThat(all("kpi_alert", "kpi_code", "member_key", "observation_count"))
        .containsExactlyInAnyOrder("csat_ratio chat 20", "created_ticket_count bug 60");
  }

  // Targets.

  @Test
  void aRunOfAttainedPeriodsEndsWithAMissAndOutlivesAPeriodWithoutValue() {
    yardsticks =
        with(
            List.of(),
            List.of(),
            List.of(
                target("csat_ratio", "all", null, Comparison.AT_LEAST, 0.8, "2026-03-02", null)));
    Double[] ratios = {0.8, 0.9, null, 0.95, 0.7, 0.8};
    for (int day = 0; day < ratios.length; day++) {
      LocalDate date = LocalDate.parse("2026-03-02").plusDays(day);
      values.add(value("created_ticket_count", date, "all", "all", 1.0, null));
      if (ratios[day] != null) {
        values.add(value("csat_ratio", date, "all", "all", ratios[day], 10.0));
      }
    }
    // Before the goal held.
    values.add(value("created_ticket_count", FIRST, "all", "all", 1.0, null));

    assertThat(
            all(
                "kpi_target",
                "period_start_date",
                "actual_value",
                "is_attained",
                "attained_run_count"))
        .containsExactlyInAnyOrder(
            "2026-03-02 0.8 true 1",
            "2026-03-03 0.9 true 2",
            "2026-03-04 null null 2",
            "2026-03-05 0.95 true 3",
            "2026-03-06 0.7 false 0",
            "2026-03-07 0.8 true 1");
  }

  @Test
  void aMembersOwnGoalGoesBeforeThatOfEveryMember() {
    yardsticks =
        with(
            List.of(),
            List.of(),
            List.of(
                target(
                    "backlog_ticket_count",
                    "agent",
                    null,
                    Comparison.AT_MOST,
                    40,
                    "2026-01-01",
                    null),
                target(
                    "backlog_ticket_count",
                    "agent",
                    "ann",
                    Comparison.AT_MOST,
                    10,
                    "2026-01-01",
                    "2026-03-09"),
                target(
                    "backlog_ticket_count",
                    "agent",
                    "ben",
                    Comparison.AT_MOST,
                    10,
                    "2026-01-01",
                    "2026-03-08")));
    for (String agent : List.of("ann", "ben")) {
      values.add(value("created_ticket_count", LAST, "agent", agent, 0.0, null));
      values.add(value("backlog_ticket_count", LAST, "agent", agent, 25.0, null));
    }

    assertThat(all("kpi_target", "member_key", "target_value", "is_attained", "distance"))
        .containsExactlyInAnyOrder("ann 10.0 false 15.0", "ben 40.0 true -15.0");
  }

  // Types.

  @Test
  void typesAreRankedByCountThenNameAndNewOnce() {
    byType("bug", LAST.minusDays(1), 10, 3, 60.0);
    byType("bug", LAST, 15, 2, 60.0);
    byType("ask", LAST, 5, 0, null);
    byType("zip", LAST, 5, 0, null);
    byType("zip", LAST.minusDays(1), 0, 0, null);

    assertThat(
            all(
                "kpi_ticket_type",
                "period_start_date",
                "type_code",
                "created_rank",
                "is_new",
                "change_count",
                "growth_ratio",
                "created_share_ratio"))
        .as("as of first tickets: bug 2 February, zip 1 March 23:59, ask 9 March")
        .containsExactlyInAnyOrder(
            "2026-03-08 bug 1 false null null 1.0",
            "2026-03-08 zip 2 false null null 0.0",
            "2026-03-09 bug 1 false 5 0.5 0.6",
            "2026-03-09 ask 2 true null null 0.2",
            "2026-03-09 zip 3 false 5 null 0.2");
  }

  @Test
  void aTypeEasesWhenItsBacklogOrMedianFellTwice() {
    byType("backlog", LAST.minusDays(2), 1, 5, 10.0);
    byType("backlog", LAST.minusDays(1), 1, 4, 20.0);
    byType("backlog", LAST, 1, 3, 10.0);
    byType("median", LAST.minusDays(2), 1, 5, 30.0);
    byType("median", LAST.minusDays(1), 1, 5, 20.0);
    byType("median", LAST, 1, 5, 10.0);
    byType("once", LAST.minusDays(2), 1, 5, 10.0);
    byType("once", LAST.minusDays(1), 1, 5, null);
    byType("once", LAST, 1, 4, 5.0);

    assertThat(
            rows("kpi_ticket_type").stream()
                .filter(row -> row.<Boolean>getAs("is_easing"))
                .map(row -> row.getAs("period_start_date") + " " + row.getAs("type_code")))
        .containsExactlyInAnyOrder("2026-03-09 backlog", "2026-03-09 median");
  }

  @Test
  void anUnfinishedPeriodIsNeitherRankedNorCompared() {
    for (int week = 2; week >= 0; week--) {
      LocalDate monday = LAST.minusWeeks(week);
      byType.add(
          RowFactory.create(
              "week",
              start(monday),
              "bug",
              Date.valueOf(monday),
              start(monday.plusWeeks(1)),
              week > 0,
              10L + week,
              5L + week,
              100.0));
    }

    assertThat(
            all(
                "kpi_ticket_type",
                "period_start_date",
                "created_rank",
                "change_count",
                "growth_ratio",
                "is_easing"))
        .containsExactlyInAnyOrder(
            "2026-02-23 1 null null false",
            "2026-03-02 1 -1 %s false".formatted(-1.0 / 12),
            "2026-03-09 null null null false");
  }

  // Macros.

  @Test
  void everyMacroHasEveryPeriodFromItsFirstDayOn() {
    List<Row> macros = rows("kpi_macro");

    assertThat(of(macros, "used", "week", "macro_use_count", "ticket_count", "agent_count"))
        .as("made on 1 January: all six weeks")
        .containsExactly("2 1 1", "0 0 0", "0 0 0", "0 0 0", "1 1 0", "0 0 0");
    assertThat(of(macros, "later", "day", "period_start_date", "macro_use_count"))
        .as("never described, first used on 8 March")
        .containsExactly("2026-03-08 1", "2026-03-09 0");
  }

  @Test
  void aMacroIsUnusedThirtyDaysAfterItsLastUseOrItsCreation() {
    List<Row> macros = rows("kpi_macro");

    assertThat(
            of(macros, "forgotten", "day", "is_unused", "period_start_date").stream()
                .filter(row -> row.startsWith("true")))
        .as("made on 1 January, used on 3 February 12:00 only")
        .containsExactly(
            "true 2026-02-02",
            "true 2026-03-05",
            "true 2026-03-06",
            "true 2026-03-07",
            "true 2026-03-08",
            "true 2026-03-09");
    assertThat(of(macros, "young", "day", "is_unused")).hasSize(20).containsOnly("false");
    assertThat(of(macros, "used", "month", "last_used_at", "is_unused"))
        .containsExactly("2026-02-02 10:00:00.0 false", "2026-03-03 10:00:00.0 false");
  }

  // The kind itself.

  @Test
  void twoFilesAreANewTable() {
    Pair stranger =
        new Pair(
            "kpi_busy_day",
            "SELECT period_start_date AS local_date, value AS created_ticket_count FROM kpi_value"
                + " WHERE kpi_code = 'created_ticket_count' AND value >= :rank_min_count",
            """
            title: "Busy days"
            section: Volume
            description: "Which days were busy?"
            kind: table
            needs: [ticket]
            grain: "One row per busy day."
            key: [local_date]
            owner: support-analytics
            columns:
              - {name: local_date, type: date, required: true, description: "The day."}
              - {name: created_ticket_count, type: bigint, required: true, description: "Tickets."}
            """);
    KpiCatalog catalog =
        KpiCatalog.of(Stream.concat(Pair.bundled().stream(), Stream.of(stranger)).toList());
    values.add(value("created_ticket_count", LAST, "all", "all", 20.0, null));
    values.add(value("created_ticket_count", FIRST, "all", "all", 19.0, null));
    KpiEngine engine = new KpiEngine(catalog, Breakdown.DEFAULT);

    assertThat(engine.ownTables(sources(), night(), DELIVERED).get("kpi_busy_day").collectAsList())
        .containsExactly(RowFactory.create(Date.valueOf(LAST), 20L));
    assertThat(engine.ownTables(sources(), night(), Set.of()).get("kpi_busy_day").isEmpty())
        .as("no source delivers tickets")
        .isTrue();
    assertThat(new KpiContracts(catalog, Breakdown.DEFAULT).of("kpi_busy_day").key())
        .containsExactly("local_date");
    assertThat(catalog.list()).contains("kpi_busy_day", "Which days were busy?");
    assertThat(new Dictionary(catalog).markdown())
        .contains("kpi_busy_day", "One row per busy day.");
  }

  @Test
  void everyTableHasTheColumnsOfItsContract() {
    KpiContracts contracts = new KpiContracts(KpiCatalog.bundled(), Breakdown.DEFAULT);
    Map<String, Dataset<Row>> tables = engine().ownTables(sources(), night(), DELIVERED);

    assertThat(tables.keySet())
        .containsExactlyInAnyOrder(
            "kpi_alert", "kpi_macro", "kpi_service_level", "kpi_target", "kpi_ticket_type");
    tables.forEach(
        (name, rows) -> {
          TableContract contract = contracts.of(name);
          assertThat(types(rows.schema())).as(name).isEqualTo(types(contract.schema()));
        });
  }

  @Test
  void aYardstickThatNamesWhatThereIsNotIsRefusedByItsName() {
    refuses(
        with(
            List.of(),
            List.of(),
            List.of(
                target("backlog_count", "all", null, Comparison.AT_MOST, 1, "2026-01-01", null))),
        "targets",
        "backlog_count");
    refuses(
        with(
            List.of(),
            List.of(),
            List.of(
                target("csat_ratio", "brand", null, Comparison.AT_MOST, 1, "2026-01-01", null))),
        "targets",
        "brand");
    refuses(
        with(
            List.of(),
            List.of(new AlertRule("csat", Direction.LOWER, 20, 0.5, 0.05, 4, LocalDate.EPOCH)),
            List.of()),
        "alerts",
        "csat");
  }

  private static void refuses(Yardsticks yardsticks, String place, String value) {
    assertThatThrownBy(() -> KpiCatalog.bundled().refuseUnknown(yardsticks, Breakdown.DEFAULT))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(place)
        .hasMessageContaining("is " + value + ",");
  }

  private static List<String> types(StructType schema) {
    return Arrays.stream(schema.fields())
        .map((StructField field) -> field.name() + " " + field.dataType().sql())
        .toList();
  }

  private static KpiEngine engine() {
    return new KpiEngine(KpiCatalog.bundled(), Breakdown.DEFAULT);
  }

  private List<Row> rows(String table) {
    return engine().ownTables(sources(), night(), DELIVERED).get(table).collectAsList();
  }

  /** The rows of a table as texts of some columns. */
  private List<String> all(String table, String... columns) {
    return rows(table).stream().map(row -> text(row, columns)).toList();
  }

  private String only(String table, String... columns) {
    List<String> rows = all(table, columns);
    assertThat(rows).hasSize(1);
    return rows.get(0);
  }

  private static List<String> of(List<Row> rows, String macro, String grain, String... columns) {
    return rows.stream()
        .filter(row -> row.getAs("macro_key").equals(macro))
        .filter(row -> row.getAs("grain_code").equals(grain))
        .sorted(
            (a, b) -> a.<Timestamp>getAs("period_start_at").compareTo(b.getAs("period_start_at")))
        .map(row -> text(row, columns))
        .toList();
  }

  private static String text(Row row, String... columns) {
    return Arrays.stream(columns)
        .map(column -> String.valueOf(row.<Object>getAs(column)))
        .collect(Collectors.joining(" "));
  }

  private void serviceLevel(double resolutionSeconds, double resolutionCount) {
    byChannel.add(channel("post"));
    values.add(value("first_response_seconds_p50", LAST, "channel", "post", 10_800.0, 20.0));
    values.add(
        value(
            "resolution_seconds_p50", LAST, "channel", "post", resolutionSeconds, resolutionCount));
    values.add(value("csat_score_mean", LAST, "channel", "post", 4.85, 20.0));
  }

  private void everyDay(String kpi, String channel, double value, double count) {
    for (LocalDate day = FIRST; !day.isAfter(LAST); day = day.plusDays(1)) {
      values.add(value(kpi, day, "channel", channel, value, count));
    }
  }

  private void replace(String kpi, String channel, LocalDate day, double value, double count) {
    values.removeIf(
        row ->
            row.getString(0).equals(kpi)
                && row.getDate(3).equals(Date.valueOf(day))
                && row.getString(5).equals(channel));
    values.add(value(kpi, day, "channel", channel, value, count));
  }

  private void byType(String type, LocalDate day, long created, long backlog, Double resolution) {
    byType.add(
        RowFactory.create(
            "day",
            start(day),
            type,
            Date.valueOf(day),
            start(day.plusDays(1)),
            true,
            created,
            backlog,
            resolution));
  }

  private static Row channel(String channel) {
    return RowFactory.create(
        "day", start(LAST), channel, Date.valueOf(LAST), start(LAST.plusDays(1)), true);
  }

  private static Row value(
      String kpi, LocalDate day, String breakdown, String member, Double value, Double count) {
    String unit = KpiCatalog.bundled().kpi(kpi).unit();
    return RowFactory.create(
        kpi, "day", start(day), Date.valueOf(day), breakdown, member, null, count, value, unit);
  }

  private static Timestamp start(LocalDate day) {
    return at(day + "T00:00:00Z");
  }

  private static Timestamp at(String instant) {
    return Timestamp.from(Instant.parse(instant));
  }

  private static ServiceLevel level(String from, double... limits) {
    return new ServiceLevel(
        "email",
        "first_response_seconds_p50",
        LocalDate.parse(from),
        Arrays.stream(limits).mapToObj(limit -> new Limit("<=", limit)).toList());
  }

  private static Target target(
      String kpi,
      String breakdown,
      String member,
      Comparison comparison,
      double value,
      String from,
      String to) {
    return new Target(
        kpi,
        "day",
        breakdown,
        member,
        comparison,
        value,
        LocalDate.parse(from),
        to == null ? null : LocalDate.parse(to));
  }

  private static Yardsticks with(
      List<ServiceLevel> levels, List<AlertRule> rules, List<Target> targets) {
    Yardsticks usual = DefaultDefinitions.VALUE.yardsticks();
    return new Yardsticks(
        usual.rankMinCount(),
        usual.newTypeWarmUpDays(),
        usual.unusedMacroDays(),
        usual.serviceLevelMinCount(),
        levels,
        rules,
        targets);
  }

  private Night night() {
    Definitions usual = DefaultDefinitions.VALUE;
    return new Night(
        LAST,
        ReportingCalendar.UTC,
        new Definitions(
            usual.csatCutPoints(),
            usual.defaultSlaTargets(),
            usual.channelGroups(),
            usual.botKeys(),
            usual.windows(),
            usual.handleTime(),
            usual.reportingCurrency(),
            usual.sentimentLanguage(),
            usual.identity(),
            yardsticks));
  }

  private Map<String, Dataset<Row>> sources() {
    Map<String, Dataset<Row>> sources = new LinkedHashMap<>();
    List<Row> days = new ArrayList<>();
    for (LocalDate day = FIRST; !day.isAfter(LAST); day = day.plusDays(1)) {
      days.add(RowFactory.create("day", Date.valueOf(day)));
    }
    String key = "period_start_date date, period_end_at timestamp, is_complete boolean";
    sources.put("kpi_overall", rows("grain_code string, period_start_date date", days));
    sources.put(
        "kpi_by_type",
        rows(
            "grain_code string, period_start_at timestamp, type_code string, "
                + key
                + ", created_ticket_count bigint, backlog_ticket_count bigint,"
                + " resolution_seconds_p50 double",
            byType));
    sources.put(
        "kpi_by_channel",
        rows(
            "grain_code string, period_start_at timestamp, channel_code string, " + key,
            byChannel));
    sources.put(
        "kpi_value",
        rows(
            "kpi_code string, grain_code string, period_start_at timestamp, period_start_date date,"
                + " breakdown_code string, member_key string, numerator double, denominator double,"
                + " value double, unit string",
            values));
    sources.put(
        "kpi_catalog",
        rows(
            "kpi_code string, unit string",
            KpiCatalog.bundled().kpis().stream()
                .map(kpi -> RowFactory.create(kpi.name(), kpi.unit()))
                .toList()));
    sources.put(
        "dim_channel",
        rows(
            "channel_code string, channel_group_code string",
            List.of(RowFactory.create("post", "other"))));
    sources.put(
        "dim_ticket_type",
        rows(
            "type_code string, first_seen_at timestamp",
            List.of(
                RowFactory.create("bug", at("2026-02-02T00:00:00Z")),
                RowFactory.create("zip", at("2026-03-01T23:59:59Z")),
                RowFactory.create("ask", at("2026-03-09T05:00:00Z")),
                RowFactory.create("unspecified", at("2026-03-09T05:00:00Z")))));
    sources.put(
        "dim_macro",
        rows(
            "macro_key string, macro_name string, created_at timestamp",
            List.of(
                RowFactory.create("used", "Used", at("2026-01-01T00:00:00Z")),
                RowFactory.create("later", "later", null),
                RowFactory.create("forgotten", "Forgotten", at("2026-01-01T00:00:00Z")),
                RowFactory.create("young", "Young", at("2026-02-18T08:00:00Z")))));
    sources.put(
        "fact_macro_use",
        rows(
            "macro_key string, ticket_key string, agent_key string, used_at timestamp,"
                + " is_counted boolean",
            List.of(
                use("used", "t1", "ann", "2026-02-02T09:00:00Z"),
                use("used", "t1", "ann", "2026-02-02T10:00:00Z"),
                use("used", "t2", "unassigned", "2026-03-03T10:00:00Z"),
                use("later", "t3", "ben", "2026-03-08T10:00:00Z"),
                use("forgotten", "t4", "ben", "2026-02-03T12:00:00Z"),
                use("used", "t5", "ben", "2026-03-10T00:00:00Z"))));
    return sources;
  }

  private static Row use(String macro, String ticket, String agent, String at) {
    return RowFactory.create(macro, ticket, agent, at(at), true);
  }

  private static Dataset<Row> rows(String ddl, List<Row> rows) {
    return rows(ddl, rows.toArray(Row[]::new));
  }
}
