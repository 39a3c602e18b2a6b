package dev.nightdesk.fact;

import static dev.nightdesk.StagedFixture.at;

import dev.nightdesk.BuiltTables;
import dev.nightdesk.SparkTestBase;
import dev.nightdesk.run.DefaultDefinitions;
import dev.nightdesk.table.Night;
import dev.nightdesk.table.ReportingCalendar;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.junit.jupiter.api.Test;

/** As of the end of 2021-01-31 in UTC; an order converts for five days. */
class FactConversionTest extends SparkTestBase {

  private final BuiltTables tables =
      new BuiltTables(
          new Night(
              LocalDate.parse("2021-01-31"), ReportingCalendar.UTC, DefaultDefinitions.VALUE));

  private void answered(String id, String customerKey, String createdAt, String repliedAt) {
    tables.ticket(id, customerKey, createdAt).message(id, repliedAt, "agent", "h:ann");
  }

  private void order(String id, String customerKey, String orderedAt, Object... more) {
    Object[] usual = {
      "order_key",
      "s:" + id,
      "order_id",
      id,
      "customer_key",
      customerKey,
      "ordered_at",
      orderedAt,
      "total_amount",
      new BigDecimal("50.0000"),
      "currency_code",
      "EUR"
    };
    Object[] all = Arrays.copyOf(usual, usual.length + more.length);
    System.arraycopy(more, 0, all, usual.length, more.length);
    tables.with("stg_order", all);
  }

  private static Row conversion(
      String order, String ticket, String agent, boolean isAutomated, String revenue) {
    return RowFactory.create(order, ticket, agent, isAutomated, new BigDecimal(revenue));
  }

  private void assertConversions(Row... expected) {
    assertSameRows(
        rows(
            "order_key string, ticket_key string, agent_key string, is_automated boolean,"
                + " revenue_amount decimal(19,4)",
            expected),
        tables
            .of(new FactConversion())
            .select("order_key", "ticket_key", "agent_key", "is_automated", "revenue_amount"));
  }

  /** Golden case 8. */
  @Test
  void ofTwoAnsweredTicketsTheLaterConverts() {
    answered("1", "h:c", "2021-01-01T08:00:00", "2021-01-03T08:00:00");
    tables.ticket("2", "h:c", "2021-01-02T08:00:00");
    tables.message("2", "2021-01-02T09:00:00", "agent", "h:ben");
    // The latest of all, but nobody has answered it before the order.
    answered("3", "h:c", "2021-01-03T09:00:00", "2021-01-03T10:00:00");
    tables.ticket("4", "h:c", "2021-01-03T09:30:00");
    order("1", "h:c", "2021-01-03T10:00:00");

    assertConversions(conversion("s:1", "h:2", "h:ben", false, "50.0000"));
  }

  /** Golden case 8. */
  @Test
  void fiveDaysConvertAndASecondMoreDoesNot() {
    answered("1", "h:c", "2021-01-01T08:00:00", "2021-01-01T09:00:00");
    order("exactly", "h:c", "2021-01-06T08:00:00");
    order("a second more", "h:c", "2021-01-06T08:00:01");
    answered("2", "h:d", "2021-01-01T08:00:00", "2021-01-01T08:00:00");
    order("at the creation", "h:d", "2021-01-01T08:00:00");

    assertConversions(conversion("s:exactly", "h:1", "h:ann", false, "50.0000"));
  }

  /** Golden case 8. */
  @Test
  void aFullRefundConvertsWithoutRevenueAndNoTestOrCancelledOrderDoes() {
    answered("1", "h:c", "2021-01-01T08:00:00", "2021-01-01T09:00:00");
    order(
        "refunded",
        "h:c",
        "2021-01-02T08:00:00",
        "refunds",
        List.of(RowFactory.create("r", at("2021-01-09T08:00:00"), new BigDecimal("50.0000"))));
    order("test", "h:c", "2021-01-02T08:00:00", "is_test", true);
    order("cancelled", "h:c", "2021-01-02T08:00:00", "cancelled_at", "2021-01-02T09:00:00");
    order("voided", "h:c", "2021-01-02T08:00:00", "financial_status_code", "voided");

    assertConversions(conversion("s:refunded", "h:1", "h:ann", false, "0.0000"));
  }

  /** Golden case 8. */
  @Test
  void peopleAreOneByEmailAcrossSourcesAndAnEmptyOneNeverMatches() {
    tables
        .with("stg_customer", "customer_key", "h:a", "customer_id", "a", "email", "")
        .with("stg_customer", "customer_key", "s:b", "customer_id", "b", "email", "")
        .with("stg_customer", "customer_key", "h:c", "customer_id", "c", "email", "c@example.org");
    answered("1", "h:a", "2021-01-01T08:00:00", "2021-01-01T09:00:00");
    answered("2", "h:c", "2021-01-01T08:00:00", "2021-01-01T09:00:00");
    answered("3", null, "2021-01-01T08:00:00", "2021-01-01T09:00:00");
    order("of b", "s:b", "2021-01-02T08:00:00", "email", "");
    order("of nobody", null, "2021-01-02T08:00:00", "email", "");
    order("of c", null, "2021-01-02T08:00:00", "email", "C@Example.org");

    assertConversions(conversion("s:of c", "h:2", "h:ann", false, "50.0000"));
  }

  @Test
  void aBotConvertsAloneAndTheAgentIsWhoRepliedLastBeforeTheOrderElseLastAtAll() {
    tables.ticket("1", "h:a", "2021-01-01T08:00:00");
    tables.message("1", "2021-01-01T08:00:00", "bot", "h:robo");
    order("bot", "h:a", "2021-01-02T08:00:00");
    tables.ticket("2", "h:b", "2021-01-01T08:00:00");
    tables.message("2", "2021-01-01T08:01:00", "bot", "h:robo");
    tables.message("2", "2021-01-03T08:00:00", "agent", "h:ann");
    order("bot first", "h:b", "2021-01-02T08:00:00");
    tables.ticket("3", "h:c", "2021-01-01T08:00:00");
    tables.message("3", "2021-01-01T09:00:00", "agent", "h:ann");
    tables.message("3", "2021-01-01T10:00:00", "agent", "h:ben");
    tables.message("3", "2021-01-02T08:00:00", "agent", "h:cid");
    order("last before", "h:c", "2021-01-02T08:00:00");
    // Its customer alone has written.
    tables.ticket("4", "h:d", "2021-01-01T08:00:00");
    tables.message("4", "2021-01-01T09:00:00", "customer", "h:d");
    order("unanswered", "h:d", "2021-01-02T08:00:00");

    assertConversions(
        conversion("s:bot", "h:1", "unassigned", true, "50.0000"),
        conversion("s:bot first", "h:2", "h:ann", true, "50.0000"),
        conversion("s:last before", "h:3", "h:ben", false, "50.0000"));
  }

  @Test
  void onlyCountedInboundTicketsConvertAndOneOfTheirOrdersIsTheFirst() {
    tables.with(
        "stg_ticket",
        "ticket_key",
        "h:out",
        "ticket_id",
        "out",
        "customer_key",
        "h:c",
        "direction_code",
        "outbound",
        "created_at",
        "2021-01-02T08:00:00");
    tables.message("out", "2021-01-02T08:00:00", "agent", "h:ben");
    tables.with(
        "stg_ticket",
        "ticket_key",
        "h:spam",
        "ticket_id",
        "spam",
        "customer_key",
        "h:c",
        "is_spam",
        true,
        "created_at",
        "2021-01-02T08:00:00");
    tables.message("spam", "2021-01-02T08:00:01", "agent", "h:ben");
    answered("1", "h:c", "2021-01-01T08:00:00", "2021-01-01T09:00:00");
    order("2", "h:c", "2021-01-03T08:00:00");
    order("1", "h:c", "2021-01-04T08:00:00");
    order("3", "h:c", "2021-01-03T08:00:00");

    assertSameRows(
        rows(
            "order_key string, ticket_key string, ticket_created_at timestamp,"
                + " is_first_of_ticket boolean, type_code string, person_key string",
            RowFactory.create("s:2", "h:1", at("2021-01-01T08:00:00"), true, "question", "h:c"),
            RowFactory.create("s:3", "h:1", at("2021-01-01T08:00:00"), false, "question", "h:c"),
            RowFactory.create("s:1", "h:1", at("2021-01-01T08:00:00"), false, "question", "h:c")),
        tables
            .of(new FactConversion())
            .select(
                "order_key",
                "ticket_key",
                "ticket_created_at",
                "is_first_of_ticket",
                "type_code",
                "person_key"));
  }
}
