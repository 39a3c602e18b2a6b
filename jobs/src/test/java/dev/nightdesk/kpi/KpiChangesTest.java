package dev.nightdesk.kpi;

import static org.apache.spark.sql.functions.broadcast;
import static org.apache.spark.sql.functions.col;
import static org.assertj.core.api.Assertions.assertThat;

import dev.nightdesk.SparkTestBase;
import dev.nightdesk.run.DefaultDefinitions;
import dev.nightdesk.table.Night;
import dev.nightdesk.table.Replacement;
import dev.nightdesk.table.ReportingCalendar;
import java.math.BigDecimal;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * A night that changes a few visits: the tables of before with what it replaces are those that are
 * computed whole.
 *
 * <p>February and March 2026 in UTC; the second of both is a Monday. A visit is a row of {@code
 * fact_visit}: of a ticket, at an instant, by a host.
 */
class KpiChangesTest extends SparkTestBase {

  private static final List<Breakdown> BREAKDOWNS =
      List.of(Breakdown.ALL, Breakdown.AGENT, Breakdown.TYPE);

  private static final String VISITS =
      "ticket_key string, visited_at timestamp, agent_key string, type_code string, person_key"
          + " string, change int, stay_seconds bigint, matures_at timestamp, amount decimal(19,4),"
          + " currency_code string";

  private static final String SQL =
      "SELECT visited_at AS occurred_at, agent_key, type_code, 'door' AS channel_code, 'b' AS"
          + " brand_code, 't' AS team_code, ticket_key, person_key, change, stay_seconds,"
          + " matures_at <= :as_of AS is_mature, amount, currency_code FROM fact_visit";

  private static final Pair COUNT =
      contributions(
          "visit",
          SQL,
          "visit_count: {fold: count}",
          "visit_count: {title: Visits, question: 'How many?', unit: visits, good: neutral}");

  /** Counts for hosts, and not for all, so that nothing has rows until as of. */
  private static final Pair OF_HOSTS =
      contributions(
          "visit",
          SQL,
          "visit_count: {fold: count}",
          "visit_count: {title: Visits, question: 'How many?', unit: visits, good: neutral}",
          "breakdowns: [agent]");

  private static final Pair INSIDE =
      contributions(
          "inside",
          SQL,
          "inside_count: {fold: running, value: change}",
          "inside_count: {title: Inside, question: 'How many?', unit: visitors, good: neutral}",
          "grains: [hour, day, week, month, quarter]");

  private static final Pair STAY =
      contributions(
          "stay",
          SQL,
          "stay_seconds: {fold: distribution}",
          "stay_p50: {title: Stay, question: 'How long?', unit: seconds, good: neutral, percentile:"
              + " {of: stay_seconds, share: 0.5}}");

  private static final Pair PERSON =
      contributions(
          "person",
          SQL,
          "person_count: {fold: distinct, value: person_key}",
          "person_count: {title: People, question: 'How many?', unit: people, good: neutral}");

  private static final Pair TICKET =
      contributions(
          "ticket",
          SQL,
          "ticket_count: {fold: distinct, value: ticket_key}",
          "ticket_count: {title: Tickets, question: 'How many?', unit: tickets, good: neutral}");

  private static final Pair MATURE =
      contributions(
          "mature",
          SQL,
          "mature_count: {fold: count, where: is_mature}",
          "mature_count: {title: Mature, question: 'How many?', unit: visits, good: neutral}");

  private static final Pair MONEY =
      contributions(
          "sale",
          SQL,
          "sold_amount: {fold: sum, value: amount, type: \"decimal(19,4)\"}",
          "sold_amount: {title: Sold, question: 'How much?', unit: currency, good: higher}",
          "currency: currency_code");

  private static final Pair FAMILIAR =
      contributions(
          "familiar",
          SQL + " JOIN dim_host USING (agent_key) WHERE role_code = 'friend'",
          "familiar_count: {fold: count}",
          "familiar_count: {title: Friends, question: 'How many?', unit: visits, good: neutral}");

  private static final Pair LATEST =
      new Pair(
          "latest",
          "SELECT grain_code, period_start_at, IDENTIFIER(:member) AS member_key,"
              + " max_by(stay_seconds, visited_at) AS seconds FROM fact_visit JOIN period_day ON"
              + " local_date = CAST(visited_at AS DATE) WHERE visited_at < :as_of"
              + " GROUP BY grain_code, period_start_at, member_key, person_key",
          yaml(
              "period",
              "latest_seconds: {fold: sum, value: seconds}",
              "latest_seconds: {title: Latest, question: 'How long?', unit: seconds, good:"
                  + " neutral}"));

  private static final Pair RANK =
      new Pair(
          "rank",
          "SELECT grain_code, period_start_at, breakdown_code, member_key, rank() OVER (PARTITION"
              + " BY grain_code, period_start_at ORDER BY visit_count DESC) AS place FROM"
              + " kpi_period JOIN dim_host ON agent_key = member_key WHERE breakdown_code = 'agent'"
              + " AND is_complete AND role_code = 'friend'",
          yaml(
              "derived",
              "place: {fold: sum}",
              "place: {title: Place, question: 'Who is first?', unit: rank, good: lower}",
              "breakdowns: [agent]"));

  private static Changed ofValues;

  /** A week per rule; all is one night, because whatever it asks is asked at once. */
  @BeforeAll
  static void changeSomeValues() {
    Visit[] same = {
      visit("t2", "02-03T11:00"),
      visit("p2", "02-11T11:00").person("p"),
      visit("n1", "02-17T10:00").person("n"),
      visit("z", "03-05T10:00")
    };
    ofValues =
        change(
            List.of(COUNT, STAY, PERSON, TICKET, MONEY),
            Story.of(
                    with(
                        same,
                        visit("t1", "02-03T10:00"),
                        visit("p1", "02-10T10:00").person("p"),
                        visit("p3", "02-11T11:00").person("q"),
                        visit("m1", "02-24T10:00").paid("7.50", "USD"),
                        visit("m2", "02-24T11:00").paid("1.00", "EUR"),
                        visit("d1", "03-03T10:00").stays(90),
                        visit("d2", "03-03T11:00").stays(10_000),
                        visit("d3", "03-04T11:00").stays(90),
                        visit("d4", "03-04T11:00").stays(95)))
                .then(
                    with(
                        same,
                        visit("t1", "02-03T10:00").type("late"),
                        visit("n2", "02-18T10:00").person("n"),
                        visit("n3", "02-18T10:00").person("new"),
                        visit("m1", "02-24T10:00").paid("7.50", "EUR"),
                        visit("m2", "02-24T11:00").paid("1.00", "CHF"),
                        visit("d1", "03-03T10:00").stays(80),
                        visit("d2", "03-03T11:00").stays(10_001),
                        visit("d3", "03-04T11:00").stays(95),
                        visit("d4", "03-04T11:00").stays(90)))
                .touching("t1", "p1", "p3", "n2", "n3", "m1", "m2", "d1", "d2", "d3", "d4"));
  }

  @Test
  void aTicketThatChangesItsTypeLeavesTheOldType() {
    assertThat(ofValues.day("kpi_by_type", "type_code", "visit_count"))
        .containsEntry("02-03 early", "1")
        .containsEntry("02-03 late", "1");
  }

  @Test
  void aPersonStaysInTheWeekWhileAnyTicketIsLeft() {
    assertThat(ofValues.day("kpi_overall", null, "person_count"))
        .containsEntry("02-10", "0")
        .containsEntry("02-11", "1");
    assertThat(ofValues.values("kpi_overall", "week", null, "person_count", 10))
        .containsEntry("02-09", "1");
    assertThat(ofValues.values("kpi_overall", "week", null, "ticket_count", 10))
        .containsEntry("02-09", "1");
  }

  @Test
  void aPersonWhomAnUntouchedTicketBringsAlreadyIsNotCountedTwice() {
    assertThat(ofValues.day("kpi_overall", null, "person_count"))
        .containsEntry("02-17", "1")
        .containsEntry("02-18", "2");
    assertThat(ofValues.values("kpi_overall", "week", null, "person_count", 10))
        .containsEntry("02-16", "2");
  }

  @Test
  void anAmountThatChangesItsCurrencyLeavesTheOldOne() {
    assertThat(
            ofValues.tables().get(KpiEngine.VALUE).stream()
                .filter(row -> row.getAs("kpi_code").equals("sold_amount"))
                .filter(row -> row.getAs("grain_code").equals("week"))
                .filter(row -> row.getAs("breakdown_code").equals("all"))
                .filter(row -> row.<Double>getAs("value") > 0)
                .map(row -> row.getAs("value") + " " + row.getAs("unit")))
        .containsExactlyInAnyOrder("7.5 EUR", "1.0 CHF");
  }

  @Test
  void aDurationThatChangesLeavesNoBucketBehind() {
    assertThat(ofValues.day("kpi_overall", null, "stay_p50"))
        .containsEntry("03-03", "80.0")
        .containsEntry("03-04", "90.0");
    assertThat(ofValues.replacements().get(KpiEngine.CELL_DAY).keys().collectAsList())
        .as("days that are replaced: not that on which two swap their durations")
        .extracting(row -> row.get(0).toString())
        .contains("2026-03-03")
        .doesNotContain("2026-03-04");
  }

  @Test
  void aTicketThatVanishesTakesItsHostAlong() {
    Changed changed =
        change(
            List.of(COUNT),
            Story.of(visit("a", "03-03T10:00").host("ann"), visit("b", "03-04T11:00"))
                .then(visit("b", "03-04T11:00"))
                .touching("a"));

    assertThat(changed.day("kpi_by_agent", "agent_key", "visit_count"))
        .isEqualTo(Map.of("03-04 ben", "1"));
    assertThat(changed.day("kpi_overall", null, "visit_count"))
        .as("and the first day, which nobody has any more")
        .isEqualTo(Map.of("03-04", "1", "03-05", "0"));
  }

  @Test
  void aLateVisitFillsTheDaysSinceTheLastWithZeros() {
    Changed changed =
        change(
            List.of(COUNT),
            Story.of(
                    visit("a", "03-01T10:00").host("ann"),
                    visit("b", "03-01T10:00"),
                    visit("c", "03-05T10:00"))
                .then(
                    visit("a", "03-01T10:00").host("ann"),
                    visit("b", "03-01T10:00"),
                    visit("c", "03-05T10:00"),
                    visit("d", "03-04T10:00").host("ann"))
                .touching("d"));

    assertThat(changed.day("kpi_by_agent", "agent_key", "visit_count"))
        .containsEntry("03-02 ann", "0")
        .containsEntry("03-03 ann", "0")
        .containsEntry("03-04 ann", "1")
        .doesNotContainKey("03-05 ann");
  }

  @Test
  void aChangeOfALevelLongAgoMovesEveryLevelSince() {
    Changed changed =
        change(
            List.of(INSIDE),
            Story.of(visit("a", "03-02T10:00"), visit("b", "03-04T11:00"))
                .then(
                    visit("a", "03-02T10:00"),
                    visit("b", "03-04T11:00"),
                    visit("c", "03-02T09:00"),
                    visit("d", "03-02T12:00").change(2))
                .touching("c", "d"));

    assertThat(changed.day("kpi_overall", null, "inside_count"))
        .isEqualTo(Map.of("03-02", "4", "03-03", "4", "03-04", "5", "03-05", "5"));
    assertThat(changed.values("kpi_overall", "hour", null, "inside_count", 16))
        .containsEntry("03-02 10:00:00", "2")
        .containsEntry("03-04 11:00:00", "5");
  }

  @Test
  void aVisitThatMovesWithinItsDayMovesTheHoursBetween() {
    Changed changed =
        change(
            List.of(INSIDE),
            Story.of(
                    visit("a", "03-03T08:00"),
                    visit("b", "03-03T12:00"),
                    visit("c", "03-03T15:00"),
                    visit("d", "03-04T11:00"))
                .then(
                    visit("a", "03-03T14:00"),
                    visit("b", "03-03T12:00"),
                    visit("c", "03-03T15:00"),
                    visit("d", "03-04T11:00"))
                .touching("a"));

    assertThat(changed.values("kpi_overall", "hour", null, "inside_count", 16))
        .isEqualTo(
            Map.of(
                "03-03 12:00:00",
                "1",
                "03-03 14:00:00",
                "2",
                "03-03 15:00:00",
                "3",
                "03-04 11:00:00",
                "4"));
    assertThat(changed.replacements().get("kpi_overall").keys().filter("grain_code = 'day'"))
        .as("and no day but its own")
        .satisfies(days -> assertThat(days.count()).isEqualTo(1));
  }

  @Test
  void timeAloneMakesVisitsMature() {
    Changed changed =
        change(
            List.of(MATURE),
            Story.of(
                    visit("a", "03-28T10:00").matures("04-01T00:00"),
                    visit("b", "03-28T11:00").matures("04-09T00:00"))
                .touching("a")
                .from("2026-03-30")
                .until("2026-04-02"));

    assertThat(changed.day("kpi_overall", null, "mature_count"))
        .isEqualTo(
            Map.of(
                "03-28", "1", "03-29", "0", "03-30", "0", "03-31", "0", "04-01", "0", "04-02",
                "0"));
  }

  @Test
  void timeAloneCompletesPeriodsOfHostsWhoAreGone() {
    Changed changed =
        change(
            List.of(OF_HOSTS, RANK),
            Story.of(visit("a", "03-28T10:00").host("ann"), visit("b", "03-28T11:00"))
                .touching()
                .from("2026-03-30")
                .until("2026-04-02"));

    assertThat(changed.values("kpi_by_agent", "month", "agent_key", "place", 10))
        .as("places in a month that is complete now")
        .isEqualTo(Map.of("03-01 ann", "1", "03-01 ben", "1"));
  }

  @Test
  void thePeriodTopicIsAskedAnew() {
    Changed changed =
        change(
            List.of(COUNT, LATEST),
            Story.of(
                    visit("a", "03-03T10:00").person("p").stays(5),
                    visit("b", "03-04T10:00").person("p").stays(7))
                .then(
                    visit("a", "03-03T10:00").person("p").stays(6),
                    visit("b", "03-04T10:00").person("p").stays(7))
                .touching("a"));

    assertThat(changed.day("kpi_overall", null, "latest_seconds"))
        .isEqualTo(Map.of("03-03", "6", "03-04", "7", "03-05", "0"));
    assertThat(changed.values("kpi_overall", "week", null, "latest_seconds", 10))
        .isEqualTo(Map.of("03-02", "7"));
    assertThat(changed.replacements().get(KpiEngine.PART).keys().collectAsList())
        .as("the latest of the week stays the latest")
        .extracting(row -> row.get(0) + " " + row.get(1))
        .containsExactly("day 2026-03-03 00:00:00.0");
  }

  @Test
  void aHostWithAnotherRoleChangesVisitsThatNobodyTouched() {
    Changed changed =
        change(
            List.of(COUNT, FAMILIAR, RANK),
            Story.of(visit("a", "03-02T10:00").host("ann"), visit("b", "03-04T10:00").host("eve"))
                .touching()
                .withHosts("ann friend Ann", "eve friend Eva"));

    assertThat(changed.day("kpi_by_agent", "agent_key", "familiar_count"))
        .isEqualTo(Map.of("03-02 ann", "1", "03-04 eve", "1"));
    assertThat(changed.day("kpi_by_agent", "agent_key", "place"))
        .isEqualTo(Map.of("03-02 ann", "1", "03-04 eve", "1"));
  }

  @Test
  void aHostWithAnotherNameChangesNothing() {
    assertThat(
            change(
                    List.of(COUNT, FAMILIAR, RANK),
                    Story.of(visit("a", "03-02T10:00").host("ann"))
                        .touching()
                        .withHosts("ann friend Anna", "ben friend Ben"))
                .replacements())
        .isEmpty();
  }

  @Test
  void whereATicketIsTouchedThatStaysAsItIsNothingIsReplaced() {
    assertThat(
            change(
                    List.of(COUNT, INSIDE, STAY, PERSON, MONEY, LATEST),
                    Story.of(visit("a", "03-02T10:00").stays(5).paid("1.00", "EUR")).touching("a"))
                .replacements())
        .isEmpty();
  }

  /** A night that follows another. */
  private record Story(
      List<Visit> before,
      List<Visit> after,
      Set<String> touched,
      String from,
      String until,
      List<String> hosts) {

    private static final List<String> HOSTS = List.of("ann friend Ann", "ben friend Ben");

    static Story of(Visit... visits) {
      return new Story(
          List.of(visits), List.of(visits), Set.of(), "2026-03-05", "2026-03-05", HOSTS);
    }

    Story then(Visit... visits) {
      return new Story(before, List.of(visits), touched, from, until, hosts);
    }

    Story touching(String... tickets) {
      return new Story(before, after, Set.of(tickets), from, until, hosts);
    }

    Story from(String date) {
      return new Story(before, after, touched, date, until, hosts);
    }

    Story until(String date) {
      return new Story(before, after, touched, from, date, hosts);
    }

    Story withHosts(String... changed) {
      return new Story(before, after, touched, from, until, List.of(changed));
    }
  }

  private record Visit(
      String ticket,
      String at,
      String host,
      String type,
      String person,
      int change,
      Long seconds,
      String matures,
      String amount,
      String currency) {

    Visit host(String key) {
      return new Visit(ticket, at, key, type, person, change, seconds, matures, amount, currency);
    }

    Visit type(String code) {
      return new Visit(ticket, at, host, code, person, change, seconds, matures, amount, currency);
    }

    Visit person(String key) {
      return new Visit(ticket, at, host, type, key, change, seconds, matures, amount, currency);
    }

    Visit change(int by) {
      return new Visit(ticket, at, host, type, person, by, seconds, matures, amount, currency);
    }

    Visit stays(long forSeconds) {
      return new Visit(
          ticket, at, host, type, person, change, forSeconds, matures, amount, currency);
    }

    Visit matures(String when) {
      return new Visit(ticket, at, host, type, person, change, seconds, when, amount, currency);
    }

    Visit paid(String much, String inCurrency) {
      return new Visit(ticket, at, host, type, person, change, seconds, matures, much, inCurrency);
    }

    Row row() {
      return RowFactory.create(
          ticket,
          instant(at),
          host,
          type,
          person,
          change,
          seconds,
          instant(matures),
          amount == null ? null : new BigDecimal(amount).setScale(4),
          currency);
    }

    private static Timestamp instant(String text) {
      return Timestamp.from(Instant.parse("2026-%s:00Z".formatted(text)));
    }
  }

  private static Visit[] with(Visit[] same, Visit... others) {
    return Stream.concat(Stream.of(same), Stream.of(others)).toArray(Visit[]::new);
  }

  private static Visit visit(String ticket, String at) {
    return new Visit(ticket, at, "ben", "early", ticket, 1, null, "03-01T00:00", null, null);
  }

  /** What a night replaced, and the tables after it. */
  private record Changed(Map<String, Replacement> replacements, Map<String, List<Row>> tables) {

    Map<String, String> day(String table, String member, String column) {
      return values(table, "day", member, column, 10);
    }

    /** A column by start of the period, cut after some characters, and member; no nulls. */
    Map<String, String> values(
        String table, String grain, String member, String column, int length) {
      Map<String, String> values = new TreeMap<>();
      for (Row row : tables.get(table)) {
        if (row.getAs("grain_code").equals(grain) && row.getAs(column) != null) {
          String start =
              row.<Timestamp>getAs("period_start_at").toInstant().toString().replace('T', ' ');
          values.put(
              start.substring(5, length == 10 ? 10 : 19)
                  + (member == null ? "" : " " + row.getAs(member)),
              Objects.toString(row.<Object>getAs(column)));
        }
      }
      return values;
    }
  }

  /** Runs a night whole, then what follows both ways, and holds every table against the other. */
  private static Changed change(List<Pair> pairs, Story story) {
    KpiEngine engine = new KpiEngine(KpiCatalog.of(pairs), BREAKDOWNS);
    Tables inputs = new Tables(story);
    Map<String, Dataset<Row>> before = whole(engine, inputs.before, inputs.nightBefore());
    before.forEach((table, rows) -> inputs.before.put(table, rows));
    Map<String, Replacement> replacements =
        engine.changes(spark(), inputs, (stage, rows) -> rows.localCheckpoint());
    Map<String, List<Row>> tables = new TreeMap<>();
    whole(engine, inputs.after, inputs.nightNow())
        .forEach(
            (table, expected) -> {
              Dataset<Row> applied = applied(before.get(table), replacements.get(table));
              assertThat(applied.columns()).containsExactly(expected.columns());
              assertThat(texts(applied))
                  .as(table)
                  .containsExactlyInAnyOrderElementsOf(texts(expected));
              tables.put(table, applied.collectAsList());
            });
    return new Changed(replacements, tables);
  }

  private static List<String> texts(Dataset<Row> rows) {
    return rows.collectAsList().stream().map(Row::json).toList();
  }

  private static Dataset<Row> applied(Dataset<Row> before, Replacement replacement) {
    return replacement == null
        ? before
        : before
            .join(
                broadcast(replacement.keys()),
                replacement.key().toArray(String[]::new),
                "left_anti")
            .select(Arrays.stream(before.columns()).map(name -> col(name)).toArray(Column[]::new))
            .union(replacement.rows())
            .localCheckpoint();
  }

  private static Map<String, Dataset<Row>> whole(
      KpiEngine engine, Map<String, Dataset<Row>> facts, Night night) {
    Map<String, Dataset<Row>> tables = new LinkedHashMap<>();
    engine
        .tables(facts, night, Set.of("visit"), (stage, rows) -> rows.localCheckpoint())
        .forEach((table, rows) -> tables.put(table, rows.localCheckpoint()));
    return tables;
  }

  /** The facts of a story; {@code fact_visit} has the unit ticket_key. */
  private static final class Tables implements KpiChangeInputs {

    private final Map<String, Dataset<Row>> before = new LinkedHashMap<>();
    private final Map<String, Dataset<Row>> after = new LinkedHashMap<>();
    private final Story story;

    Tables(Story story) {
      this.story = story;
      before.put("fact_visit", visits(story.before()));
      after.put("fact_visit", visits(story.after()));
      before.put("dim_host", hosts(Story.HOSTS));
      after.put("dim_host", hosts(story.hosts()));
    }

    private static Dataset<Row> visits(List<Visit> visits) {
      return rows(VISITS, visits.stream().map(Visit::row).toArray(Row[]::new));
    }

    private static Dataset<Row> hosts(List<String> hosts) {
      return rows(
          "agent_key string, role_code string, host_name string",
          hosts.stream()
              .map(host -> RowFactory.create((Object[]) host.split(" ")))
              .toArray(Row[]::new));
    }

    @Override
    public Night nightBefore() {
      return night(story.from());
    }

    @Override
    public Night nightNow() {
      return night(story.until());
    }

    private static Night night(String date) {
      return new Night(LocalDate.parse(date), ReportingCalendar.UTC, DefaultDefinitions.inEuros());
    }

    @Override
    public Set<String> delivered() {
      return Set.of("visit");
    }

    @Override
    public Dataset<Row> before(String table) {
      return before.get(table);
    }

    @Override
    public Dataset<Row> before(String table, Column condition) {
      return before.get(table).filter(condition);
    }

    @Override
    public Dataset<Row> after(String table) {
      return after.get(table);
    }

    @Override
    public boolean isChanged(String table) {
      return table.equals("fact_visit")
          ? !story.touched().isEmpty()
          : !story.hosts().equals(Story.HOSTS);
    }

    @Override
    public Optional<String> unit(String table) {
      return table.equals("fact_visit") ? Optional.of("ticket_key") : Optional.empty();
    }

    @Override
    public boolean isTouched(String fact) {
      return unit(fact).isPresent() && !story.touched().isEmpty();
    }

    @Override
    public Dataset<Row> touchedBefore(String fact) {
      return before(fact).filter(isTouched());
    }

    @Override
    public Dataset<Row> touchedNow(String fact) {
      return after(fact).filter(isTouched());
    }

    private Column isTouched() {
      return col("ticket_key").isin(story.touched().toArray());
    }
  }

  private static Pair contributions(
      String topic, String sql, String measure, String kpi, String... more) {
    return new Pair(topic, sql, yaml("contributions", measure, kpi, more));
  }

  private static String yaml(String kind, String measure, String kpi, String... more) {
    return """
    title: "Visits"
    section: Volume
    description: "Who comes and goes."
    kind: %s
    needs: [visit]
    attribution: "visit"
    agent: "the host"
    measures:
      %s
    kpis:
      %s
    %s
    """
        .formatted(kind, measure, kpi, String.join("\n", more));
  }
}
