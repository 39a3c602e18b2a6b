package dev.nightdesk.fact;

import static dev.nightdesk.StagedFixture.at;

import dev.nightdesk.BuiltTables;
import dev.nightdesk.SparkTestBase;
import dev.nightdesk.dim.DimAgent;
import dev.nightdesk.dim.DimMacro;
import dev.nightdesk.run.DefaultDefinitions;
import dev.nightdesk.table.Night;
import dev.nightdesk.table.ReportingCalendar;
import java.sql.Date;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Arrays;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.junit.jupiter.api.Test;

/** As of the end of 2021-01-31 in Paris, which is 23:00 UTC. */
class VisitsAndShiftsTest extends SparkTestBase {

  private final BuiltTables tables =
      new BuiltTables(
          new Night(
              LocalDate.parse("2021-01-31"),
              new ReportingCalendar(ZoneId.of("Europe/Paris"), DayOfWeek.MONDAY, 1),
              DefaultDefinitions.VALUE));

  private void session(String id, String customerKey, String startedAt, String endedAt) {
    tables.with(
        "stg_self_service_session",
        "session_key",
        "h:" + id,
        "session_id",
        id,
        "customer_key",
        customerKey,
        "started_at",
        startedAt,
        "ended_at",
        endedAt);
  }

  @Test
  void aSessionKnowsTheFirstTicketOfItsVisitorFromItsBeginOn() {
    tables
        .with("stg_customer", "customer_key", "h:a", "customer_id", "a", "email", "a@example.org")
        .with("stg_customer", "customer_key", "h:a2", "customer_id", "a2", "email", "A@example.org")
        .ticket("1", "h:a2", "2021-01-02T08:00:00")
        .ticket("2", "h:a", "2021-01-03T08:00:00")
        .ticket("3", null, "2021-01-03T08:00:00")
        .with(
            "stg_ticket",
            "ticket_key",
            "h:spam",
            "ticket_id",
            "spam",
            "customer_key",
            "h:b",
            "is_spam",
            true,
            "created_at",
            "2021-01-03T08:00:00");
    session("too long before", "h:a", "2021-01-01T07:59:59", null);
    session("before", "h:a", "2021-01-01T08:00:00", "2021-01-01T08:10:00");
    session("at", "h:a", "2021-01-02T08:00:00", null);
    session("between", "h:a", "2021-01-02T08:00:01", "2021-01-31T23:00:00");
    session("after", "h:a", "2021-01-03T08:00:01", null);
    session("anonymous", null, "2021-01-01T08:00:00", null);
    session("of another", "h:b", "2021-01-01T08:00:00", null);
    session("to come", "h:a", "2021-01-31T23:00:00", null);

    assertSameRows(
        rows(
            "session_id string, ended_at timestamp, next_inbound_at timestamp",
            expect("too long before", null, null),
            expect("before", "2021-01-01T08:10:00", "2021-01-02T08:00:00"),
            expect("at", null, "2021-01-02T08:00:00"),
            expect("between", null, "2021-01-03T08:00:00"),
            expect("after", null, null),
            expect("anonymous", null, null),
            expect("of another", null, null)),
        tables
            .of(new FactSelfServiceSession())
            .select("session_id", "ended_at", "next_inbound_at"));
  }

  private static Row expect(String id, String endedAt, String nextInboundAt) {
    return RowFactory.create(id, at(endedAt), at(nextInboundAt));
  }

  @Test
  void aMentionCountsInItsNewestVersionOnceItIsKnown() {
    mention("1", "2021-01-02T08:00:00", "ticket_key", "h:7", "version_at", "2021-01-03T08:00:00");
    mention("1", "2021-01-02T08:00:00", "version_at", "2021-01-02T08:00:00");
    mention("2", "2021-01-31T22:59:59", "is_repost", true);
    mention("3", "2021-01-31T23:00:00");

    assertSameRows(
        rows(
            "mention_key string, platform_code string, ticket_key string, is_repost boolean",
            RowFactory.create("h:1", "facebook", "h:7", false),
            RowFactory.create("h:2", "facebook", null, true)),
        tables
            .of(new FactSocialMention())
            .select("mention_key", "platform_code", "ticket_key", "is_repost"));
  }

  private void mention(String id, String mentionedAt, Object... more) {
    Object[] usual = {
      "mention_key",
      "h:" + id,
      "mention_id",
      id,
      "platform_code",
      "facebook",
      "mentioned_at",
      mentionedAt
    };
    Object[] all = Arrays.copyOf(usual, usual.length + more.length);
    System.arraycopy(more, 0, all, usual.length, more.length);
    tables.with("stg_social_mention", all);
  }

  private void shift(String id, String agentKey, String kind, String start, String end) {
    tables.with(
        "stg_agent_shift",
        "shift_key",
        "h:" + id,
        "shift_id",
        id,
        "agent_key",
        agentKey,
        "kind_code",
        kind,
        "started_at",
        start,
        "ended_at",
        end);
  }

  @Test
  void shiftsAreCutAtTheReportingZonesMidnightAndTheirAgentsAreKnown() {
    shift("1", "h:ann", "shift", "2021-01-10T21:00:00", "2021-01-11T05:00:00");
    shift("2", "h:ann", "presence", "2021-01-11T06:00:00", "2021-01-11T07:00:00");
    shift("3", "h:ben", "presence", "2021-01-11T08:00:00", null);
    shift("4", "h:ben", "shift", "2021-02-03T08:00:00", "2021-02-03T16:00:00");
    tables.with(
        "stg_agent_shift",
        "shift_key",
        "h:5",
        "shift_id",
        "5",
        "agent_key",
        "h:cid",
        "kind_code",
        "shift",
        "started_at",
        "2021-01-11T08:00:00",
        "is_deleted",
        true);

    assertSameRows(
        rows(
            "agent_key string, local_date date, started_at timestamp, ended_at timestamp, kind_code"
                + " string",
            work("h:ann", "2021-01-10", "2021-01-10T21:00:00", "2021-01-10T23:00:00", "shift"),
            work("h:ann", "2021-01-11", "2021-01-10T23:00:00", "2021-01-11T05:00:00", "shift"),
            work("h:ben", "2021-01-11", "2021-01-11T08:00:00", null, "presence"),
            work("h:ben", "2021-02-03", "2021-02-03T08:00:00", "2021-02-03T16:00:00", "shift")),
        tables.of(new FactAgentShift()));
    assertSameRows(
        rows(
            "agent_key string, is_known boolean",
            RowFactory.create("h:ann", false),
            RowFactory.create("h:ben", false),
            RowFactory.create("unassigned", true)),
        tables.of(new DimAgent()).select("agent_key", "is_known"));
  }

  private static Row work(String agent, String day, String start, String end, String kind) {
    return RowFactory.create(agent, Date.valueOf(day), at(start), at(end), kind);
  }

  @Test
  void aMacroThatOnlyItsUsesNameIsThereAndUnknown() {
    tables.with(
        "stg_macro",
        "macro_key",
        "h:1",
        "macro_id",
        "1",
        "macro_name",
        "Thanks",
        "is_active",
        false);
    use("a", "h:1", "2021-01-02T08:00:00");
    use("b", "h:2", "2021-01-02T08:00:00");
    use("c", "h:2", "2021-01-03T08:00:00");
    use("d", "h:3", "2021-01-31T23:00:00");

    assertSameRows(
        rows(
            "macro_key string, macro_id string, macro_name string, is_active boolean, is_known"
                + " boolean",
            RowFactory.create("h:1", "1", "Thanks", false, true),
            RowFactory.create("h:2", "2", "2", true, false)),
        tables
            .of(new DimMacro())
            .select("macro_key", "macro_id", "macro_name", "is_active", "is_known"));
  }

  private void use(String id, String macroKey, String usedAt) {
    tables.with(
        "stg_macro_use",
        "macro_use_key",
        "h:" + id,
        "macro_use_id",
        id,
        "macro_key",
        macroKey,
        "ticket_key",
        "h:1",
        "used_at",
        usedAt);
  }
}
