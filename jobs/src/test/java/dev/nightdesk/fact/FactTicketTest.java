package dev.nightdesk.fact;

import static dev.nightdesk.StagedFixture.at;

import dev.nightdesk.BuiltTables;
import dev.nightdesk.SparkTestBase;
import dev.nightdesk.run.DefaultDefinitions;
import dev.nightdesk.table.Night;
import dev.nightdesk.table.ReportingCalendar;
import java.math.BigDecimal;
import java.time.LocalDate;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.junit.jupiter.api.Test;

/**
 * As of the end of 2021-01-31 in UTC; a bot solves on 1 January at noon, and 72 hours are to 4
 * January.
 */
class FactTicketTest extends SparkTestBase {

  private final BuiltTables tables =
      new BuiltTables(
          new Night(
              LocalDate.parse("2021-01-31"), ReportingCalendar.UTC, DefaultDefinitions.VALUE));

  /** Created at 08:00, answered by the bot and solved at noon, by a customer of its own. */
  private void solvedByBot(String id) {
    tables.ticket(id, "h:" + id, "2021-01-01T08:00:00");
    tables.message(id, "2021-01-01T08:00:20", "bot", "h:robo");
    tables.solved(id, "2021-01-01T12:00:00");
  }

  private static Row automation(String id, boolean isAutomated, String maturesAt) {
    return RowFactory.create("h:" + id, isAutomated, at(maturesAt));
  }

  private void assertAutomation(Row... expected) {
    assertSameRows(
        rows("ticket_key string, is_automated boolean, automation_matures_at timestamp", expected),
        tables
            .of(new FactTicket())
            .filter("ticket_key NOT LIKE '%again%'")
            .select("ticket_key", "is_automated", "automation_matures_at"));
  }

  /** Golden case 12. */
  @Test
  void aHumanWithin72HoursOfTheBotsSolveVoidsItAndLaterDoesNot() {
    solvedByBot("71h");
    tables.message("71h", "2021-01-04T11:00:00", "agent", "h:ann");
    solvedByBot("72h");
    tables.message("72h", "2021-01-04T12:00:00", "agent", "h:ann");
    solvedByBot("73h");
    tables.message("73h", "2021-01-04T13:00:00", "agent", "h:ann");
    tables.ticket("no_bot", "h:no_bot", "2021-01-01T08:00:00");
    tables.solved("no_bot", "2021-01-01T12:00:00");

    assertAutomation(
        automation("71h", false, "2021-01-04T12:00:00"),
        automation("72h", false, "2021-01-04T12:00:00"),
        automation("73h", true, "2021-01-04T12:00:00"),
        automation("no_bot", false, "2021-01-04T12:00:00"));
  }

  @Test
  void aNewTicketOfThePersonWithin72HoursVoidsItWhateverItsType() {
    solvedByBot("in");
    tables.with(
        "stg_ticket",
        "ticket_key",
        "h:in_again",
        "ticket_id",
        "in_again",
        "customer_key",
        "h:in",
        "type_code",
        "other",
        "created_at",
        "2021-01-04T12:00:00");
    solvedByBot("after");
    tables.ticket("after_again", "h:after", "2021-01-04T12:00:01");

    assertAutomation(
        automation("in", false, "2021-01-04T12:00:00"),
        automation("after", true, "2021-01-04T12:00:00"));
  }

  @Test
  void aReplyBeforeTheSolveNeedsNoWindowAndAnOpenTicketOnlyThatOfItsCreation() {
    solvedByBot("replied");
    tables.message("replied", "2021-01-01T11:00:00", "agent", "h:ann");
    tables.ticket("open", "h:open", "2021-01-01T08:00:00");
    tables.message("open", "2021-01-01T08:00:20", "bot", "h:robo");
    tables.with(
        "stg_ticket",
        "ticket_key",
        "h:outbound",
        "ticket_id",
        "outbound",
        "direction_code",
        "outbound",
        "created_at",
        "2021-01-01T08:00:00");

    assertAutomation(
        automation("replied", false, "2021-01-04T08:00:00"),
        automation("open", false, "2021-01-04T08:00:00"),
        automation("outbound", false, null));
  }

  @Test
  void twoCustomersWithOneEmailAreOnePersonWhoComesBack() {
    tables
        .with("stg_customer", "customer_key", "h:c", "customer_id", "c", "email", "c@example.org")
        .with("stg_customer", "customer_key", "i:c", "customer_id", "c", "email", "C@Example.org");
    tables.ticket("1", "h:c", "2021-01-01T08:00:00").solved("1", "2021-01-01T09:00:00");
    tables.with(
        "stg_ticket",
        "ticket_key",
        "i:2",
        "source_code",
        "i",
        "ticket_id",
        "2",
        "customer_key",
        "i:c",
        "type_code",
        "other",
        "created_at",
        "2021-01-02T08:00:00");
    tables.ticket("3", "i:c", "2021-01-03T08:00:00");

    assertSameRows(
        rows(
            "ticket_key string, next_inbound_at timestamp, next_contact_at timestamp",
            RowFactory.create("h:1", at("2021-01-02T08:00:00"), at("2021-01-03T08:00:00")),
            RowFactory.create("i:2", null, null),
            RowFactory.create("h:3", null, null)),
        tables.of(new FactTicket()).select("ticket_key", "next_inbound_at", "next_contact_at"));
  }

  @Test
  void whoComesBackAfterTheWindowsDoesNotCount() {
    solvedAndAgain("contact in", "2021-01-01T12:00:00", "2021-01-08T12:00:00");
    solvedAndAgain("contact after", "2021-01-01T12:00:00", "2021-01-08T12:00:01");
    solvedAndAgain("inbound in", "2021-01-01T12:00:00", "2021-01-04T12:00:00");
    solvedAndAgain("inbound after", "2021-01-01T12:00:00", "2021-01-04T12:00:01");

    assertSameRows(
        rows(
            "ticket_key string, next_inbound_at timestamp, next_contact_at timestamp",
            RowFactory.create("h:contact in", null, at("2021-01-08T12:00:00")),
            RowFactory.create("h:contact after", null, null),
            RowFactory.create("h:inbound in", at("2021-01-04T12:00:00"), at("2021-01-04T12:00:00")),
            RowFactory.create("h:inbound after", null, at("2021-01-04T12:00:01"))),
        tables
            .of(new FactTicket())
            .filter("ticket_key NOT LIKE '%again%'")
            .select("ticket_key", "next_inbound_at", "next_contact_at"));
  }

  private void solvedAndAgain(String id, String solvedAt, String againAt) {
    tables.ticket(id, "h:" + id, "2021-01-01T08:00:00").solved(id, solvedAt);
    tables.ticket(id + " again", "h:" + id, againAt);
  }

  @Test
  void aTicketTellsItsFirstConversionAndWhoWouldHaveMadeIt() {
    tables.ticket("1", "h:a", "2021-01-01T08:00:00");
    tables.message("1", "2021-01-01T09:00:00", "bot", "h:robo");
    tables.message("1", "2021-01-03T09:00:00", "agent", "h:ann");
    tables.message("1", "2021-01-05T09:00:00", "agent", "h:ben");
    for (String day : new String[] {"04", "02"}) {
      tables.with(
          "stg_order",
          "order_key",
          "s:" + day,
          "order_id",
          day,
          "customer_key",
          "h:a",
          "ordered_at",
          "2021-01-" + day + "T08:00:00",
          "total_amount",
          new BigDecimal("50.0000"),
          "currency_code",
          "EUR");
    }
    tables.ticket("2", "h:b", "2021-01-01T08:00:00");
    tables.message("2", "2021-01-01T09:00:00", "agent", "h:ann");
    tables.ticket("3", null, "2021-01-01T08:00:00");

    assertSameRows(
        rows(
            "ticket_key string, person_key string, conversion_agent_key string, converted_at"
                + " timestamp, is_automated_conversion boolean, conversion_matures_at timestamp",
            RowFactory.create(
                "h:1", "h:a", "h:ben", at("2021-01-02T08:00:00"), true, at("2021-01-06T08:00:00")),
            RowFactory.create("h:2", "h:b", "h:ann", null, false, at("2021-01-06T08:00:00")),
            RowFactory.create("h:3", null, "unassigned", null, false, at("2021-01-06T08:00:00"))),
        tables
            .of(new FactTicket())
            .select(
                "ticket_key",
                "person_key",
                "conversion_agent_key",
                "converted_at",
                "is_automated_conversion",
                "conversion_matures_at"));
  }
}
