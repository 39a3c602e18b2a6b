package dev.nightdesk.history;

import static dev.nightdesk.StagedFixture.at;
import static dev.nightdesk.StagedFixture.row;

import dev.nightdesk.SparkTestBase;
import dev.nightdesk.StagedFixture;
import dev.nightdesk.dim.DimAgent;
import dev.nightdesk.dim.DimChannel;
import dev.nightdesk.dim.DimCustomer;
import dev.nightdesk.dim.DimDate;
import dev.nightdesk.dim.DimTicketType;
import dev.nightdesk.fact.FactBacklogChange;
import dev.nightdesk.fact.FactCall;
import dev.nightdesk.fact.FactCallLeg;
import dev.nightdesk.fact.FactMacroUse;
import dev.nightdesk.fact.FactMessage;
import dev.nightdesk.fact.FactResolution;
import dev.nightdesk.fact.FactResponse;
import dev.nightdesk.fact.FactSla;
import dev.nightdesk.fact.FactSurvey;
import dev.nightdesk.fact.FactTicket;
import dev.nightdesk.fact.FactTicketStatus;
import dev.nightdesk.run.DefaultDefinitions;
import dev.nightdesk.table.Inputs;
import dev.nightdesk.table.Night;
import dev.nightdesk.table.ReportingCalendar;
import dev.nightdesk.table.Table;
import java.math.BigDecimal;
import java.sql.Date;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * One small help desk, as of the end of Monday 2021-06-28 in Paris.
 *
 * <p>Ticket 1 is answered and solved; 2 is merged into 3 and 3 into 4; 5 comes from the customer of
 * 1 after the solve; a message and a survey belong to ticket 99, which no dump delivers.
 */
class TicketHistoryTest extends SparkTestBase {

  private static final Night NIGHT =
      new Night(
          LocalDate.parse("2021-06-28"),
          new ReportingCalendar(ZoneId.of("Europe/Paris"), DayOfWeek.MONDAY, 1),
          DefaultDefinitions.VALUE);

  private static final Map<String, Dataset<Row>> AVAILABLE = new HashMap<>();

  @BeforeAll
  static void buildHistory() {
    stage(
        "stg_ticket",
        // The newer version comes first, the order of arrival must not matter.
        ticket("1", "c1", "question", "2021-06-28T07:00:00", "version_at", "2021-06-28T12:00:00"),
        ticket("1", "c1", "other", "2021-06-28T07:00:00", "version_at", "2021-06-28T09:00:00"),
        ticket("2", "c2", "question", "2021-06-28T06:00:00", "merged_into_key", "h:3"),
        ticket("3", "c2", "question", "2021-06-28T06:30:00"),
        ticket("4", "c2", null, "2021-06-28T07:00:00"),
        ticket("5", "c1", "question", "2021-06-28T09:00:00"),
        ticket("6", "c3", "question", "2021-06-28T09:00:01", "follow_up_of_key", "h:1"));
    stage(
        "stg_ticket_event",
        event("1", "1", "2021-06-28T07:00:00", "assignee", "h:ann", "h:rule"),
        event("1", "2", "2021-06-28T09:00:00", "status", "solved", "h:ann"),
        event("1", "3", "2021-06-28T22:00:00", "status", "open", "h:c1"),
        event("3", "1", "2021-06-28T08:00:00", "merge", "h:4", "h:gone"),
        event("4", "1", "2021-06-28T08:00:00", "assignee", "h:gone", "h:gone"));
    stage(
        "stg_message",
        message(
            "1",
            "10",
            "2021-06-28T07:00:00",
            "h:c1",
            "sentiment_score",
            new BigDecimal("-0.4588"),
            "sentiment_scorer_code",
            "vader-3.3.2-en"),
        message(
            "1",
            "11",
            "2021-06-28T08:30:00",
            "h:ann",
            "body_length",
            7L,
            "sentiment_score",
            new BigDecimal("0.5000"),
            "sentiment_scorer_code",
            "source"),
        message(
            "1",
            "11",
            "2021-06-28T08:30:00",
            "h:ann",
            "body_length",
            9L,
            "sentiment_score",
            new BigDecimal("0.9000"),
            "version_at",
            "2021-06-28T08:40:00"),
        message("1", "12", "2021-06-28T08:31:00", "h:ann", "is_delivered", false),
        message(
            "1",
            "13",
            "2021-06-28T08:32:00",
            "h:c1",
            "is_public",
            false,
            "sentiment_score",
            new BigDecimal("0.5000"),
            "sentiment_scorer_code",
            "source"),
        message("5", "1", "2021-06-28T09:00:00", "h:cyborg", "author_class_code", "bot"),
        message("2", "1", "2021-06-28T06:00:00", "h:c2"),
        message("4", "1", "2021-06-28T07:00:00", "h:c2"),
        message("3", "1", "2021-06-28T07:10:00", "h:ann"),
        message("99", "1", "2021-06-28T07:10:00", "h:ann"));
    stage(
        "stg_survey",
        survey("s1", "h:1", 2.0, "2021-06-28T10:00:00", "content_hash", "0"),
        survey("s1", "h:1", 4.0, "2021-06-28T11:00:00", "content_hash", "1"),
        survey("s2", null, 5.0, "2021-06-28T11:00:00"),
        survey("s3", "h:99", 1.0, "2021-06-28T11:00:00"));
    stage(
        "stg_agent",
        row("stg_agent", "agent_key", "h:ann", "agent_id", "ann", "agent_name", "Ann"),
        row(
            "stg_agent",
            "agent_key",
            "h:rule",
            "agent_id",
            "rule",
            "roles",
            List.of(RowFactory.create("bot", null))));
    stage(
        "stg_schedule",
        row(
            "stg_schedule",
            "schedule_key",
            "h:office",
            "schedule_id",
            "office",
            "time_zone",
            "Europe/Paris",
            "is_default",
            true,
            "weekly_hours",
            List.of(RowFactory.create(1, "10:00", "18:00"))));
    stage(
        "stg_sla_policy",
        row(
            "stg_sla_policy",
            "policy_key",
            "h:p",
            "policy_id",
            "p",
            "position",
            1,
            "targets",
            List.of(RowFactory.create("first_response", null, 1_800L, true))));
    stage(
        "stg_customer",
        row(
            "stg_customer",
            "customer_key",
            "h:c1",
            "customer_id",
            "c1",
            "email",
            " Ann@Example.org ",
            "phone",
            ""));
    stage(
        "stg_call",
        // First delivered on ticket 5, then given to ticket 2, which ends in ticket 4.
        call("k1", "h:5", "2021-06-28T06:10:00", "version_at", "2021-06-28T06:30:00"),
        call(
            "k1",
            "h:2",
            "2021-06-28T06:10:00",
            "version_at",
            "2021-06-28T06:40:00",
            "queued_at",
            "2021-06-28T06:10:10",
            "answered_at",
            "2021-06-28T06:11:10",
            "ended_at",
            "2021-06-28T06:20:00",
            "legs",
            List.of(leg("1", "h:ann", 120, 30, 7), leg("2", null, 60, 0, 0))),
        // Queued and given up; of no ticket.
        call(
            "k2",
            null,
            "2021-06-28T10:00:00",
            "queued_at",
            "2021-06-28T10:00:00",
            "abandoned_at",
            "2021-06-28T10:00:40.900"),
        // Of a ticket that no dump delivers, by an agent whom nothing else names.
        call(
            "k3",
            "h:99",
            "2021-06-28T10:00:00",
            "answered_at",
            "2021-06-28T10:00:05",
            "legs",
            List.of(leg("1", "h:cat", 10, 0, 0))),
        // Begins before as of, is answered at it.
        call(
            "k4",
            "h:1",
            "2021-06-28T21:59:00",
            "queued_at",
            "2021-06-28T21:59:00",
            "answered_at",
            "2021-06-28T22:00:00",
            "legs",
            List.of(leg("1", "h:ann", 5, 0, 0))),
        call("k5", null, "2021-06-28T22:00:00"));
    stage(
        "stg_macro_use",
        use("1", "1", "2021-06-28T08:30:00", "message_id", "11", "agent_key", "h:dan"),
        use("2", "1", "2021-06-28T08:31:00", "message_id", "11", "event_id", "2"),
        use("3", "1", "2021-06-28T09:00:00", "event_id", "2"),
        use("4", "2", "2021-06-28T06:05:00", "message_id", "1"),
        use("5", "1", "2021-06-28T22:00:00"),
        use("6", "1", "2021-06-28T10:00:00"),
        use("7", "99", "2021-06-28T10:00:00"));
    stage("stg_sla_event");
    stage("stg_vendor_metric");
    TicketHistory history = new TicketHistory();
    AVAILABLE.put(history.name(), history.build(Inputs.of(history, AVAILABLE), NIGHT).cache());
  }

  private static void stage(String table, Row... rows) {
    AVAILABLE.put(table, rows(StagedFixture.schema(table), rows));
  }

  private static Row ticket(
      String id, String customer, String type, String createdAt, Object... more) {
    return row(
        "stg_ticket",
        with(
            more,
            "ticket_key",
            "h:" + id,
            "ticket_id",
            id,
            "customer_key",
            "h:" + customer,
            "opener_key",
            "h:" + customer,
            "type_code",
            type,
            "channel_code",
            "email",
            "created_at",
            createdAt));
  }

  private static Row event(
      String ticket, String id, String at, String type, String value, String actor) {
    return row(
        "stg_ticket_event",
        "ticket_key",
        "h:" + ticket,
        "event_id",
        id,
        "occurred_at",
        at,
        "event_type_code",
        type,
        "new_value",
        value,
        "actor_key",
        actor);
  }

  private static Row message(String ticket, String id, String at, String author, Object... more) {
    return row(
        "stg_message",
        with(
            more,
            "ticket_key",
            "h:" + ticket,
            "message_id",
            id,
            "sent_at",
            at,
            "author_key",
            author,
            "is_public",
            true,
            "is_delivered",
            true));
  }

  private static Row survey(
      String key, String ticket, double score, String answeredAt, Object... more) {
    return row(
        "stg_survey",
        with(
            more,
            "survey_key",
            "h:" + key,
            "survey_id",
            key,
            "ticket_key",
            ticket,
            "kind_code",
            "csat",
            "scale_min",
            1.0,
            "scale_max",
            5.0,
            "is_higher_better",
            true,
            "score",
            score,
            "answered_at",
            answeredAt));
  }

  private static Row call(String id, String ticketKey, String startedAt, Object... more) {
    return row(
        "stg_call",
        with(
            more,
            "call_key",
            "h:" + id,
            "call_id",
            id,
            "ticket_key",
            ticketKey,
            "direction_code",
            "inbound",
            "started_at",
            startedAt));
  }

  private static Row leg(String id, String agentKey, long talk, long hold, long wrapUp) {
    return RowFactory.create(id, agentKey, talk, hold, wrapUp);
  }

  private static Row use(String id, String ticket, String usedAt, Object... more) {
    return row(
        "stg_macro_use",
        with(
            more,
            "macro_use_key",
            "h:" + id,
            "macro_use_id",
            id,
            "macro_key",
            "h:thanks",
            "ticket_key",
            "h:" + ticket,
            "used_at",
            usedAt));
  }

  /** The usual values, then those of the case: the last word counts. */
  private static Object[] with(Object[] more, Object... usual) {
    Object[] all = Arrays.copyOf(usual, usual.length + more.length);
    System.arraycopy(more, 0, all, usual.length, more.length);
    return all;
  }

  private static Dataset<Row> built(Table table) {
    for (String input : table.inputs()) {
      AVAILABLE.computeIfAbsent(input, name -> rows(StagedFixture.schema(name)));
    }
    return table.build(Inputs.of(table, AVAILABLE), NIGHT);
  }

  private static Row expect(Object... values) {
    return RowFactory.create(values);
  }

  @Test
  void ticketsAreToldByTheirNewestVersionsAsOfTheNight() {
    assertSameRows(
        rows(
            "ticket_key string, type_code string, is_counted boolean, merged_into_key string,"
                + " first_response_seconds bigint, first_response_business_seconds bigint,"
                + " last_solved_at timestamp, last_solved_by_key string, next_contact_at timestamp,"
                + " incoming_message_count bigint, outgoing_message_count bigint, deferred_from_at"
                + " timestamp",
            expect(
                "h:1",
                "question",
                true,
                null,
                5_400L,
                1_800L,
                at("2021-06-28T09:00:00"),
                "h:ann",
                at("2021-06-28T09:00:01"),
                1L,
                1L,
                at("2021-06-28T22:00:00")),
            expect("h:2", "question", false, "h:3", null, null, null, null, null, 0L, 0L, null),
            expect("h:3", "question", false, "h:4", null, null, null, null, null, 0L, 0L, null),
            expect("h:4", "unspecified", true, null, 600L, 0L, null, null, null, 2L, 1L, null),
            expect("h:5", "question", true, null, null, null, null, null, null, 0L, 0L, null),
            expect("h:6", "question", true, null, null, null, null, null, null, 0L, 0L, null)),
        built(new FactTicket())
            .select(
                "ticket_key",
                "type_code",
                "is_counted",
                "merged_into_key",
                "first_response_seconds",
                "first_response_business_seconds",
                "last_solved_at",
                "last_solved_by_key",
                "next_contact_at",
                "incoming_message_count",
                "outgoing_message_count",
                "deferred_from_at"));
  }

  @Test
  void messagesGoToTheSurvivorAtTheEndOfTheChain() {
    assertSameRows(
        rows(
            "ticket_key string, message_id string, author_class_code string, agent_key string,"
                + " is_exchange_start boolean, body_length bigint",
            expect("h:1", "10", "customer", "unassigned", true, null),
            expect("h:1", "11", "agent", "h:ann", true, 9L),
            expect("h:1", "13", "customer", "h:ann", false, null),
            expect("h:5", "1", "bot", "unassigned", false, null),
            expect("h:4", "h:2/1", "customer", "unassigned", true, null),
            expect("h:4", "1", "customer", "unassigned", false, null),
            expect("h:4", "h:3/1", "agent", "h:ann", true, null)),
        built(new FactMessage())
            .select(
                "ticket_key",
                "message_id",
                "author_class_code",
                "agent_key",
                "is_exchange_start",
                "body_length"));
  }

  @Test
  void onlyCustomersPublicMessagesHaveASentiment() {
    assertSameRows(
        rows(
            "ticket_key string, message_id string, sentiment_score decimal(5,4),"
                + " sentiment_scorer_code string",
            expect("h:1", "10", new BigDecimal("-0.4588"), "vader-3.3.2-en")),
        built(new FactMessage())
            .filter("sentiment_score IS NOT NULL OR sentiment_scorer_code IS NOT NULL")
            .select("ticket_key", "message_id", "sentiment_score", "sentiment_scorer_code"));
  }

  @Test
  void callsAreKeptWithAndWithoutTheirTicketAsTheyWereKnownAtTheNight() {
    assertSameRows(
        rows(
            "call_key string, ticket_key string, type_code string, channel_code string, is_counted"
                + " boolean, answered_at timestamp, wait_seconds bigint, is_answered boolean,"
                + " is_abandoned boolean, talk_seconds bigint, hold_seconds bigint, wrap_up_seconds"
                + " bigint",
            expect(
                "h:k1",
                "h:4",
                "unspecified",
                "email",
                true,
                at("2021-06-28T06:11:10"),
                60L,
                true,
                false,
                180L,
                30L,
                7L),
            expect("h:k2", null, "unspecified", "phone", true, null, 40L, false, true, 0L, 0L, 0L),
            expect(
                "h:k3",
                "h:99",
                "unspecified",
                "phone",
                false,
                at("2021-06-28T10:00:05"),
                5L,
                true,
                false,
                10L,
                0L,
                0L),
            expect("h:k4", "h:1", "question", "email", true, null, null, false, false, 0L, 0L, 0L)),
        built(new FactCall())
            .select(
                "call_key",
                "ticket_key",
                "type_code",
                "channel_code",
                "is_counted",
                "answered_at",
                "wait_seconds",
                "is_answered",
                "is_abandoned",
                "talk_seconds",
                "hold_seconds",
                "wrap_up_seconds"));
  }

  @Test
  void legsOfAnsweredCallsAreHandledByTalkAndHold() {
    assertSameRows(
        rows(
            "call_key string, leg_id string, agent_key string, is_counted boolean, call_started_at"
                + " timestamp, handle_seconds bigint",
            expect("h:k1", "1", "h:ann", true, at("2021-06-28T06:10:00"), 150L),
            expect("h:k1", "2", "unassigned", true, at("2021-06-28T06:10:00"), 60L),
            expect("h:k3", "1", "h:cat", false, at("2021-06-28T10:00:00"), 10L)),
        built(new FactCallLeg())
            .select(
                "call_key",
                "leg_id",
                "agent_key",
                "is_counted",
                "call_started_at",
                "handle_seconds"));
  }

  @Test
  void aMacroIsUsedOnceInAMessageOrEvent() {
    assertSameRows(
        rows(
            "macro_key string, ticket_key string, used_in_id string, agent_key string, used_at"
                + " timestamp, is_counted boolean, direction_code string",
            used("h:1", "message:11", "h:dan", "2021-06-28T08:30:00"),
            used("h:1", "event:2", "unassigned", "2021-06-28T09:00:00"),
            used("h:4", "message:h:2/1", "unassigned", "2021-06-28T06:05:00"),
            used("h:1", "use:6", "unassigned", "2021-06-28T10:00:00")),
        built(new FactMacroUse())
            .select(
                "macro_key",
                "ticket_key",
                "used_in_id",
                "agent_key",
                "used_at",
                "is_counted",
                "direction_code"));
  }

  private static Row used(String ticketKey, String usedInId, String agentKey, String usedAt) {
    return expect("h:thanks", ticketKey, usedInId, agentKey, at(usedAt), true, "inbound");
  }

  @Test
  void listsOfTheHistoryBecomeRows() {
    assertSameRows(
        rows(
            "ticket_key string, is_counted boolean, outcome_code string, agent_key string,"
                + " response_seconds bigint",
            expect("h:1", true, "answered", "h:ann", 5_400L),
            expect("h:4", true, "answered", "h:ann", 600L)),
        built(new FactResponse())
            .select("ticket_key", "is_counted", "outcome_code", "agent_key", "response_seconds"));
    assertSameRows(
        rows(
            "ticket_key string, cycle_number int, solved_at timestamp, reopened_at timestamp,"
                + " is_last boolean, cycle_seconds bigint",
            expect("h:1", 1, at("2021-06-28T09:00:00"), null, true, 7_200L)),
        built(new FactResolution())
            .select(
                "ticket_key",
                "cycle_number",
                "solved_at",
                "reopened_at",
                "is_last",
                "cycle_seconds"));
    assertSameRows(
        rows(
            "ticket_key string, status_code string, started_at timestamp, ended_at timestamp,"
                + " assignee_key string",
            expect(
                "h:1", "new", at("2021-06-28T07:00:00"), at("2021-06-28T09:00:00"), "unassigned"),
            expect("h:1", "solved", at("2021-06-28T09:00:00"), null, "h:ann")),
        built(new FactTicketStatus())
            .filter("ticket_key = 'h:1'")
            .select("ticket_key", "status_code", "started_at", "ended_at", "assignee_key"));
    assertSameRows(
        rows(
            "ticket_key string, policy_key string, due_at timestamp, decided_at timestamp,"
                + " is_breached_when_decided boolean",
            expect("h:1", "h:p", at("2021-06-28T08:30:00"), at("2021-06-28T08:30:00"), false)),
        built(new FactSla())
            .filter("ticket_key = 'h:1'")
            .select(
                "ticket_key", "policy_key", "due_at", "decided_at", "is_breached_when_decided"));
    assertSameRows(
        rows(
            "agent_key string, changed_at timestamp, backlog_change int, customer_waiting_change"
                + " int, under_1_day_change int",
            expect("h:ann", at("2021-06-28T07:00:00"), 1, 1, 1),
            expect("h:ann", at("2021-06-28T08:30:00"), 0, -1, 0),
            expect("h:ann", at("2021-06-28T09:00:00"), -1, 0, -1)),
        built(new FactBacklogChange())
            .filter("ticket_key = 'h:1'")
            .select(
                "agent_key",
                "changed_at",
                "backlog_change",
                "customer_waiting_change",
                "under_1_day_change"));
  }

  /** Golden case 11: bad, then good is one answer, good. */
  @Test
  void aSurveyHasOneLatestAnswerAndCountsOnlyWithItsTicketOrWithoutAny() {
    assertSameRows(
        rows(
            "survey_key string, ticket_key string, type_code string, is_counted boolean, agent_key"
                + " string, score double, is_positive boolean, is_top_score boolean,"
                + " common_score_nanos bigint",
            expect("h:s1", "h:1", "question", true, "h:ann", 4.0, true, false, 4_000_000_000L),
            expect(
                "h:s2", null, "unspecified", true, "unassigned", 5.0, true, true, 5_000_000_000L),
            expect(
                "h:s3",
                "h:99",
                "unspecified",
                false,
                "unassigned",
                1.0,
                false,
                false,
                1_000_000_000L)),
        built(new FactSurvey())
            .select(
                "survey_key",
                "ticket_key",
                "type_code",
                "is_counted",
                "agent_key",
                "score",
                "is_positive",
                "is_top_score",
                "common_score_nanos"));
  }

  @Test
  void dimensionsHoldWhomAndWhatTheFactsName() {
    assertSameRows(
        rows(
            "agent_key string, agent_name string, role_code string, is_known boolean",
            expect("h:ann", "Ann", "agent", true),
            expect("h:rule", "rule", "bot", true),
            expect("h:gone", "gone", "agent", false),
            expect("h:cat", "cat", "agent", false),
            expect("h:dan", "dan", "agent", false),
            expect("h:cyborg", "cyborg", "bot", false),
            expect("unassigned", "unassigned", "nobody", true)),
        built(new DimAgent()).select("agent_key", "agent_name", "role_code", "is_known"));
    assertSameRows(
        rows(
            "type_code string, first_seen_at timestamp, first_ticket_key string",
            expect("question", at("2021-06-28T07:00:00"), "h:1"),
            expect("unspecified", at("2021-06-28T07:00:00"), "h:4")),
        built(new DimTicketType()));
    assertSameRows(
        rows(
            "channel_code string, channel_group_code string",
            expect("email", "email"),
            // No ticket came by telephone, but there are calls.
            expect("phone", "live")),
        built(new DimChannel()));
    assertSameRows(
        rows(
            "local_date date, started_at timestamp, ended_at timestamp, week_start_date date,"
                + " month_start_date date, quarter_start_date date, day_of_week int, hour_count"
                + " int",
            expect(
                Date.valueOf("2021-06-28"),
                at("2021-06-27T22:00:00"),
                at("2021-06-28T22:00:00"),
                Date.valueOf("2021-06-28"),
                Date.valueOf("2021-06-01"),
                Date.valueOf("2021-04-01"),
                1,
                24)),
        built(new DimDate()));
    assertSameRows(
        rows(
            "customer_key string, email_hash string, phone_hash string",
            // printf ann@example.org | sha256sum
            expect(
                "h:c1", "438c4c7afe600cdf1e455c369bec76dc970fc8ca463447c7b387a347f3c79331", null)),
        built(new DimCustomer()).select("customer_key", "email_hash", "phone_hash"));
  }
}
