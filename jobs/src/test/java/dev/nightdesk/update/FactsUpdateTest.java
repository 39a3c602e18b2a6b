package dev.nightdesk.update;

import static dev.nightdesk.StagedFixture.at;
import static org.assertj.core.api.Assertions.assertThat;

import dev.nightdesk.SparkTestBase;
import dev.nightdesk.dim.DimCustomer;
import dev.nightdesk.fact.FactAgentShift;
import dev.nightdesk.fact.FactCall;
import dev.nightdesk.fact.FactConversion;
import dev.nightdesk.fact.FactMacroUse;
import dev.nightdesk.fact.FactMessage;
import dev.nightdesk.fact.FactOrder;
import dev.nightdesk.fact.FactSelfServiceSession;
import dev.nightdesk.fact.FactSurvey;
import dev.nightdesk.fact.FactTicket;
import dev.nightdesk.history.TicketHistory;
import dev.nightdesk.run.DefaultDefinitions;
import dev.nightdesk.table.Inputs;
import dev.nightdesk.table.Night;
import dev.nightdesk.table.ReportingCalendar;
import dev.nightdesk.table.Table;
import java.math.BigDecimal;
import java.sql.Date;
import java.time.LocalDate;
import java.util.ArrayList;
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
 * From the night of 2021-01-09 to that of 2021-01-19 in UTC; every sentence has customers of its
 * own.
 */
class FactsUpdateTest extends SparkTestBase {

  /** The tables whose rows of the night before are asked for. */
  private static final List<Table> TABLES =
      List.of(
          new TicketHistory(),
          new DimCustomer(),
          new FactOrder(),
          new FactConversion(),
          new FactTicket(),
          new FactMessage(),
          new FactMacroUse(),
          new FactSurvey(),
          new FactCall(),
          new FactSelfServiceSession(),
          new FactAgentShift());

  private static final RememberedNight NIGHT = new RememberedNight();

  @BeforeAll
  static void changeTheTablesOfTheNightBefore() {
    tellStories();
    Night before = night("2021-01-09");
    Night tonight = night("2021-01-19");
    publish(before);
    assertThat(new FactsUpdate(NIGHT, before, tonight).run()).isEmpty();
  }

  private static Night night(String date) {
    return new Night(LocalDate.parse(date), ReportingCalendar.UTC, DefaultDefinitions.VALUE);
  }

  private static void publish(Night night) {
    Map<String, Dataset<Row>> built = new HashMap<>();
    for (Table table : TABLES) {
      Map<String, Dataset<Row>> inputs = new HashMap<>();
      for (String input : table.inputs()) {
        inputs.put(input, built.containsKey(input) ? built.get(input) : NIGHT.stagedBefore(input));
      }
      Dataset<Row> rows = table.build(Inputs.of(table, inputs), night);
      built.put(table.name(), spark().createDataFrame(rows.collectAsList(), rows.schema()));
    }
    built.forEach(NIGHT::published);
  }

  private static void tellStories() {
    undisturbed();
    comesBack();
    becomesOnePerson();
    buys();
    isMerged();
    moves();
    isRead();
    vanishes();
  }

  private static void undisturbed() {
    NIGHT.stayed("stg_ticket", ticket("quiet", "h:quiet", "2021-01-02T08:00:00"));
    NIGHT.stayed("stg_message", message("quiet", "h:quiet", "2021-01-02T08:00:00"));
    NIGHT.stayed("stg_ticket_event", solve("quiet", "2021-01-02T09:00:00"));
  }

  private static void comesBack() {
    NIGHT.stayed("stg_ticket", ticket("long ago", "h:back", "2020-12-01T08:00:00"));
    NIGHT.stayed("stg_ticket_event", solve("long ago", "2020-12-01T09:00:00"));
    NIGHT.stayed("stg_self_service_session", session("long ago", "h:back", "2020-12-01T07:00:00"));
    NIGHT.stayed("stg_ticket", ticket("first", "h:back", "2021-01-08T08:00:00"));
    NIGHT.stayed("stg_ticket_event", solve("first", "2021-01-09T09:00:00"));
    NIGHT.stayed("stg_self_service_session", session("back", "h:back", "2021-01-09T20:00:00"));
    NIGHT.came("stg_ticket", ticket("second", "h:back", "2021-01-10T08:00:00"));
    NIGHT.stayed("stg_ticket", ticket("nobody's", null, "2021-01-08T08:00:00"));
    NIGHT.stayed("stg_ticket_event", solve("nobody's", "2021-01-09T09:00:00"));
    NIGHT.came(
        "stg_ticket",
        ticket("follow-up", null, "2021-01-12T08:00:00", "follow_up_of_key", "h:nobody's"));
  }

  private static void becomesOnePerson() {
    NIGHT.stayed("stg_customer", customer("a", "a@example.org", null, "2021-01-01"));
    NIGHT.stayed("stg_customer", customer("b", "b@example.org", null, "2021-01-01"));
    NIGHT.came("stg_customer", customer("b", "A@example.org", null, "2021-01-11"));
    NIGHT.stayed("stg_ticket", ticket("of b", "h:b", "2021-01-02T08:00:00"));
    NIGHT.stayed("stg_ticket_event", solve("of b", "2021-01-02T09:00:00"));
    NIGHT.stayed("stg_ticket", ticket("of a", "h:a", "2021-01-03T08:00:00"));
    NIGHT.stayed("stg_self_service_session", session("b", "h:b", "2021-01-02T20:00:00"));
    // The order names a number only, whose owner is known tonight.
    NIGHT.stayed(
        "stg_order", order("by phone", null, "2021-01-04T08:00:00", "phone", "+4930123456"));
    NIGHT.came("stg_customer", customer("a2", "a@example.org", "+4930123456", "2021-01-11"));
  }

  private static void buys() {
    NIGHT.stayed("stg_ticket", ticket("asks", "h:buyer", "2021-01-02T08:00:00"));
    NIGHT.stayed("stg_message", message("asks", "h:ann", "2021-01-02T09:00:00"));
    NIGHT.came("stg_order", order("late", "h:buyer", "2021-01-03T08:00:00"));
    NIGHT.stayed("stg_ticket", ticket("returns", "h:refunded", "2021-01-02T08:00:00"));
    NIGHT.stayed("stg_message", message("returns", "h:ann", "2021-01-02T09:00:00"));
    NIGHT.stayed(
        "stg_order",
        order(
            "refunded",
            "h:refunded",
            "2021-01-03T08:00:00",
            "refunds",
            List.of(RowFactory.create("r", at("2021-01-11T08:00:00"), new BigDecimal("20.0000")))));
    NIGHT.stayed("stg_order", order("ahead", "h:refunded", "2021-01-10T08:00:00"));
  }

  private static void isMerged() {
    NIGHT.stayed("stg_ticket", ticket("gone", "h:merged", "2021-01-02T08:00:00"));
    NIGHT.stayed("stg_message", message("gone", "h:merged", "2021-01-02T08:00:00"));
    NIGHT.stayed("stg_ticket", ticket("survivor", "h:merged", "2021-01-03T08:00:00"));
    NIGHT.came("stg_ticket_event", event("gone", "2021-01-11T08:00:00", "merge", "h:survivor"));
  }

  private static void moves() {
    NIGHT.stayed("stg_ticket", ticket("from", "h:moves", "2021-01-02T08:00:00"));
    NIGHT.stayed("stg_ticket", ticket("to", "h:moves", "2021-01-02T10:00:00"));
    NIGHT.stayed("stg_survey", survey("h:from", "2021-01-03"));
    NIGHT.came("stg_survey", survey("h:to", "2021-01-11"));
    NIGHT.stayed("stg_call", call(null, "2021-01-03"));
    NIGHT.came("stg_call", call("h:to", "2021-01-11"));
    NIGHT.stayed("stg_macro_use", use("h:from", "2021-01-03"));
    NIGHT.came("stg_macro_use", use("h:to", "2021-01-11"));
    NIGHT.stayed("stg_agent_shift", shift("h:ann", "2021-01-03"));
    NIGHT.came("stg_agent_shift", shift("h:ben", "2021-01-11"));
    NIGHT.stayed(
        "stg_social_mention",
        "mention_key",
        "h:m",
        "mention_id",
        "m",
        "platform_code",
        "x",
        "mentioned_at",
        "2021-01-10T08:00:00",
        "dt",
        Date.valueOf("2021-01-09"));
  }

  private static void isRead() {
    NIGHT.stayed("stg_ticket", ticket("of zoe", "h:read", "2021-01-02T08:00:00"));
    NIGHT.stayed("stg_message", message("of zoe", "h:zoe", "2021-01-02T09:00:00"));
    NIGHT.came("stg_agent", "agent_key", "h:zoe", "agent_id", "zoe", "agent_name", "Zoe");
    NIGHT.stayed("stg_agent", "agent_key", "h:ann", "agent_id", "ann", "agent_name", "Ann");
    NIGHT.stayed("stg_ticket", ticket("ahead", "h:read", "2021-01-02T08:00:00"));
    NIGHT.stayed("stg_message", message("ahead", "h:ann", "2021-01-10T08:00:00"));
  }

  private static void vanishes() {
    NIGHT.went("stg_ticket", ticket("vanishes", "h:vanishes", "2021-01-02T08:00:00"));
    NIGHT.went("stg_customer", customer("vanishes", "v@example.org", null, "2021-01-01"));
  }

  private static Object[] ticket(String id, String customer, String createdAt, Object... more) {
    return with(
        more,
        "ticket_key",
        "h:" + id,
        "ticket_id",
        id,
        "customer_key",
        customer,
        "type_code",
        "question",
        "channel_code",
        "email",
        "direction_code",
        "inbound",
        "created_at",
        createdAt);
  }

  private static Object[] message(String ticket, String author, String at) {
    return new Object[] {
      "ticket_key",
      "h:" + ticket,
      "message_id",
      at,
      "sent_at",
      at,
      "author_key",
      author,
      "is_public",
      true,
      "is_delivered",
      true
    };
  }

  private static Object[] solve(String ticket, String at) {
    return event(ticket, at, "status", "solved");
  }

  private static Object[] event(String ticket, String at, String type, String value) {
    return new Object[] {
      "ticket_key",
      "h:" + ticket,
      "event_id",
      at,
      "occurred_at",
      at,
      "event_type_code",
      type,
      "new_value",
      value,
      "actor_key",
      "h:ann"
    };
  }

  private static Object[] customer(String id, String email, String phone, String version) {
    return new Object[] {
      "customer_key",
      "h:" + id,
      "customer_id",
      id,
      "email",
      email,
      "phone",
      phone,
      "version_at",
      version + "T00:00:00"
    };
  }

  private static Object[] order(String id, String customer, String orderedAt, Object... more) {
    return with(
        more,
        "order_key",
        "s:" + id,
        "order_id",
        id,
        "customer_key",
        customer,
        "ordered_at",
        orderedAt,
        "total_amount",
        new BigDecimal("50.0000"),
        "currency_code",
        "EUR",
        "dt",
        Date.valueOf(orderedAt.substring(0, 8) + "09"));
  }

  private static Object[] session(String id, String customer, String at) {
    return new Object[] {
      "session_key", "h:" + id, "session_id", id, "customer_key", customer, "started_at", at
    };
  }

  private static Object[] survey(String ticket, String version) {
    return new Object[] {
      "survey_key",
      "h:s",
      "survey_id",
      "s",
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
      5.0,
      "sent_at",
      "2021-01-03T08:00:00",
      "answered_at",
      "2021-01-03T09:00:00",
      "version_at",
      version + "T00:00:00"
    };
  }

  private static Object[] call(String ticket, String version) {
    return new Object[] {
      "call_key",
      "h:c",
      "call_id",
      "c",
      "ticket_key",
      ticket,
      "direction_code",
      "inbound",
      "started_at",
      "2021-01-03T08:00:00",
      "answered_at",
      "2021-01-03T08:00:10",
      "legs",
      List.of(RowFactory.create("1", "h:cal", 60L, 0L, 0L)),
      "version_at",
      version + "T00:00:00"
    };
  }

  private static Object[] use(String ticket, String version) {
    return new Object[] {
      "macro_use_key",
      "h:u",
      "macro_use_id",
      "u",
      "ticket_key",
      ticket,
      "macro_key",
      "h:thanks",
      "agent_key",
      "h:mia",
      "used_at",
      "2021-01-03T08:00:00",
      "version_at",
      version + "T00:00:00"
    };
  }

  private static Object[] shift(String agent, String version) {
    return new Object[] {
      "shift_key",
      "h:s",
      "shift_id",
      "s",
      "agent_key",
      agent,
      "kind_code",
      "shift",
      "started_at",
      "2021-01-03T08:00:00",
      "ended_at",
      "2021-01-03T16:00:00",
      "version_at",
      version + "T00:00:00"
    };
  }

  private static Object[] with(Object[] more, Object... usual) {
    Object[] all = Arrays.copyOf(usual, usual.length + more.length);
    System.arraycopy(more, 0, all, usual.length, more.length);
    return all;
  }

  private static void assertTicket(String id, String column, Object before, Object tonight) {
    assertValue("fact_ticket", "ticket_key = \"h:%s\"".formatted(id), column, before, tonight);
  }

  /** The one row of a condition says so before and tonight. */
  private static void assertValue(
      String table, String row, String column, Object before, Object tonight) {
    assertThat(values(NIGHT.before(table), row, column)).containsExactly(before);
    assertThat(values(NIGHT.tonight(table), row, column)).containsExactly(tonight);
  }

  private static List<Object> values(Dataset<Row> rows, String row, String column) {
    List<Object> values = new ArrayList<>();
    rows.filter(row).select(column).collectAsList().forEach(one -> values.add(one.get(0)));
    return values;
  }

  @Test
  void theNextTicketOfACustomerIsTheNextContactOfAnOldOne() {
    assertTicket("first", "next_inbound_at", null, at("2021-01-10T08:00:00"));
    assertTicket("nobody's", "next_contact_at", null, at("2021-01-12T08:00:00"));
  }

  @Test
  void whoComesBackAfterTheWindowsChangesNothingOfThen() {
    assertThat(values(NIGHT.kept(TouchedUnits.NAME), "true", "unit_key"))
        .contains("h:second", "h:first", "h:back")
        .doesNotContain("h:long ago");
  }

  @Test
  void aNewEmailMakesTwoCustomersOnePersonInTicketsThatNobodyTouched() {
    assertTicket("of b", "next_inbound_at", null, at("2021-01-03T08:00:00"));
  }

  @Test
  void anOrderThatComesLateConvertsATicketThatNobodyTouched() {
    assertTicket("asks", "converted_at", null, at("2021-01-03T08:00:00"));
  }

  @Test
  void timeAloneMakesAReplyAndARefundKnown() {
    assertTicket("ahead", "first_replied_at", null, at("2021-01-10T08:00:00"));
    assertValue(
        "fact_conversion",
        "ticket_key = 'h:returns'",
        "revenue_amount",
        new BigDecimal("50.0000"),
        new BigDecimal("30.0000"));
  }

  @Test
  void timeAloneMakesAMentionAndAnOrderKnown() {
    assertThat(values(NIGHT.tonight("fact_social_mention"), "true", "mention_key"))
        .containsExactly("h:m");
    assertThat(values(NIGHT.before("fact_order"), "order_key = 's:ahead'", "order_key")).isEmpty();
    assertThat(values(NIGHT.tonight("fact_order"), "order_key = 's:ahead'", "previous_ordered_at"))
        .containsExactly(at("2021-01-03T08:00:00"));
  }

  @Test
  void anOrderWithANumberOnlyIsOfTheNumbersNewOwner() {
    Object owner =
        values(NIGHT.tonight("dim_customer"), "customer_key = 'h:a'", "person_key").get(0);
    assertThat(values(NIGHT.tonight("fact_order"), "order_key = 's:by phone'", "person_key"))
        .containsExactly(owner);
    assertThat(values(NIGHT.before("fact_order"), "order_key = 's:by phone'", "person_key"))
        .doesNotContain(owner);
  }

  @Test
  void aVisitKnowsTheTicketThatItsVisitorWroteAfterIt() {
    assertValue(
        "fact_self_service_session",
        "session_key = 'h:back'",
        "next_inbound_at",
        null,
        at("2021-01-10T08:00:00"));
    assertValue(
        "fact_self_service_session",
        "session_key = 'h:b'",
        "next_inbound_at",
        null,
        at("2021-01-03T08:00:00"));
  }

  @Test
  void aMergeTakesTheMessagesToTheSurvivor() {
    assertValue("fact_message", "author_key = 'h:merged'", "ticket_key", "h:gone", "h:survivor");
  }

  @Test
  void aMovedSurveyCallUseAndShiftAreWhereTheNewestVersionPutsThem() {
    assertValue("fact_survey", "true", "ticket_key", "h:from", "h:to");
    assertValue("fact_call", "true", "ticket_key", null, "h:to");
    assertValue("fact_macro_use", "true", "ticket_key", "h:from", "h:to");
    assertValue("fact_agent_shift", "true", "agent_key", "h:ann", "h:ben");
  }

  @Test
  void aNewAgentIsReadAsOneInOldMessages() {
    assertTicket("of zoe", "first_replied_by_key", null, "h:zoe");
    assertThat(values(NIGHT.tonight("dim_agent"), "is_known AND role_code = 'agent'", "agent_key"))
        .containsExactlyInAnyOrder("h:ann", "h:zoe");
  }

  @Test
  void whatNoFileSaysAnyMoreIsGone() {
    assertThat(values(NIGHT.before("fact_ticket"), "ticket_key = 'h:vanishes'", "ticket_key"))
        .hasSize(1);
    assertThat(values(NIGHT.tonight("fact_ticket"), "ticket_key = 'h:vanishes'", "ticket_key"))
        .isEmpty();
    assertThat(values(NIGHT.tonight("dim_customer"), "customer_key = 'h:vanishes'", "customer_key"))
        .isEmpty();
  }

  @Test
  void whatNobodySpeaksOfIsNeitherReadNorTouched() {
    List<Object> touched =
        values(NIGHT.kept(TouchedUnits.NAME), "unit_code = 'ticket_key'", "unit_key");
    assertThat(touched)
        .contains("h:first", "h:of b", "h:asks", "h:survivor", "h:gone")
        .doesNotContain("h:quiet");
    assertThat(values(NIGHT.kept(TicketHistory.NAME), "true", "ticket_key"))
        // For its replies, since an order may follow it.
        .contains("h:asks")
        .doesNotContain("h:quiet", "h:first");
  }
}
