package dev.nightdesk.fact;

import static java.util.concurrent.TimeUnit.MICROSECONDS;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.greatest;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.unix_micros;
import static org.apache.spark.sql.functions.when;

import dev.nightdesk.dim.DimCustomer;
import dev.nightdesk.history.TicketHistory;
import dev.nightdesk.logic.Joins;
import dev.nightdesk.logic.NextContact;
import dev.nightdesk.logic.PersonKeys;
import dev.nightdesk.logic.Projections;
import dev.nightdesk.logic.Replies;
import dev.nightdesk.table.Definitions;
import dev.nightdesk.table.Definitions.Windows;
import dev.nightdesk.table.Inputs;
import dev.nightdesk.table.Night;
import dev.nightdesk.table.Table;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * {@code fact_ticket}: how a ticket was opened, first answered and resolved, when its customer came
 * back, and whether an order followed.
 */
public final class FactTicket implements Table {

  /** The table's name. */
  public static final String NAME = "fact_ticket";

  /** What the ticket's own records tell. */
  private static final String[] CORE = {
    "ticket_key",
    "source_code",
    "ticket_id",
    "customer_key",
    "opener_key",
    "direction_code",
    "type_code",
    "channel_code",
    "brand_code",
    "team_code",
    "is_counted",
    "priority_code",
    "status_code",
    "is_resolved",
    "is_spam",
    "is_deleted",
    "is_sample",
    "merged_into_key",
    "created_at",
    "ticket_created_date",
    "created_agent_key",
    "assignee_key",
    "first_replied_at",
    "first_replied_by_key",
    "first_response_seconds",
    "first_response_business_seconds",
    "last_replied_by_key",
    "first_solved_at",
    "first_solved_by_key",
    "first_resolution_seconds",
    "first_resolution_business_seconds",
    "last_solved_at",
    "last_solved_by_key",
    "resolution_seconds",
    "resolution_business_seconds",
    "solve_count",
    "reopen_count",
    "touch_count",
    "replying_agent_count",
    "incoming_message_count",
    "outgoing_message_count",
    "bot_message_count",
    "chat_requested_at",
    "chat_abandoned_at",
    "follow_up_of_key",
    "agent_keys",
    "bot_keys",
    "deferred_from_at"
  };

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public List<String> inputs() {
    return List.of(TicketHistory.NAME, DimCustomer.NAME, FactConversion.NAME);
  }

  @Override
  public Dataset<Row> build(Inputs inputs, Night night) {
    return rows(
        cores(inputs.get(TicketHistory.NAME)),
        inputs.get(DimCustomer.NAME),
        inputs.get(FactConversion.NAME),
        night);
  }

  /** What the tickets' own records tell, from their histories; instants are microseconds. */
  public static Dataset<Row> cores(Dataset<Row> histories) {
    return histories
        .withColumn(
            "last_replied_by_key",
            coalesce(Replies.lastAgent(Replies.ofHistory()), lit(Definitions.UNASSIGNED)))
        .select(core());
  }

  /** The same from rows of this table, of tickets whose records have not changed since. */
  public static Dataset<Row> coresOfRows(Dataset<Row> rows) {
    return Projections.inMicros(rows.select(core()));
  }

  private static Column[] core() {
    return Arrays.stream(CORE).map(name -> col(name)).toArray(Column[]::new);
  }

  /**
   * The rows of the table: what the tickets' own records tell, with what the other tickets and
   * orders of the same person add.
   *
   * @param cores all tickets of the persons of these tickets, and all follow-ups of them
   * @param customers dim_customer
   * @param conversions of fact_conversion the rows of these tickets
   */
  public static Dataset<Row> rows(
      Dataset<Row> cores, Dataset<Row> customers, Dataset<Row> conversions, Night night) {
    Dataset<Row> people = PersonKeys.ofCustomerKeys(cores, customers);
    Dataset<Row> firstConversions =
        conversions
            .filter(col("is_first_of_ticket"))
            .select(
                col("ticket_key"),
                unix_micros(col("ordered_at")).as("converted_at"),
                col("agent_key").as("converting_agent_key"),
                col("is_automated").as("is_automated_order"));
    Windows windows = night.definitions().windows();
    Dataset<Row> rows =
        Joins.zeroOrOne(NextContact.of(people), firstConversions, "ticket_key")
            .withColumn("first_contact_matures_at", afterSolve(windows.firstContact()))
            .withColumn(
                "next_contact_at", ifWithin("next_contact_at", afterSolve(windows.firstContact())))
            .withColumn(
                "next_inbound_at", ifWithin("next_inbound_at", afterSolve(windows.automation())))
            .withColumn("conversion_agent_key", conversionAgent())
            .withColumn("is_automated_conversion", coalesce(col("is_automated_order"), lit(false)))
            .withColumn(
                "conversion_matures_at",
                ifInbound(col("created_at").plus(micros(windows.conversion()))))
            .withColumn("is_automated", isAutomated(windows.automation()))
            .withColumn("automation_matures_at", automationMatures(windows.automation()));
    return Projections.of(
        rows,
        "ticket_key",
        "source_code",
        "ticket_id",
        "customer_key",
        "opener_key",
        "direction_code",
        "type_code",
        "channel_code",
        "brand_code",
        "team_code",
        "is_counted",
        "priority_code",
        "status_code",
        "is_resolved",
        "is_spam",
        "is_deleted",
        "is_sample",
        "merged_into_key",
        "created_at",
        "ticket_created_date",
        "created_agent_key",
        "assignee_key",
        "first_replied_at",
        "first_replied_by_key",
        "first_response_seconds",
        "first_response_business_seconds",
        "last_replied_by_key",
        "first_solved_at",
        "first_solved_by_key",
        "first_resolution_seconds",
        "first_resolution_business_seconds",
        "last_solved_at",
        "last_solved_by_key",
        "resolution_seconds",
        "resolution_business_seconds",
        "solve_count",
        "reopen_count",
        "touch_count",
        "replying_agent_count",
        "incoming_message_count",
        "outgoing_message_count",
        "bot_message_count",
        "chat_requested_at",
        "chat_abandoned_at",
        "next_contact_at",
        "first_contact_matures_at",
        "person_key",
        "next_inbound_at",
        "conversion_agent_key",
        "converted_at",
        "is_automated_conversion",
        "conversion_matures_at",
        "is_automated",
        "automation_matures_at",
        "follow_up_of_key",
        "agent_keys",
        "bot_keys",
        "deferred_from_at");
  }

  private static Column isInbound() {
    return col("direction_code").equalTo("inbound");
  }

  private static Column ifInbound(Column value) {
    return when(isInbound(), value);
  }

  private static long micros(Duration window) {
    return MICROSECONDS.convert(window);
  }

  private static Column afterSolve(Duration window) {
    return col("last_solved_at").plus(micros(window));
  }

  /**
   * An instant up to the end of a window, the end inside. Later ones are asked for by no figure,
   * and who comes back after years would change a row of then, and the file that it lies in.
   */
  private static Column ifWithin(String instant, Column end) {
    return when(col(instant).leq(end), col(instant));
  }

  /** The message that opened an outbound ticket is no reply. */
  private static Column conversionAgent() {
    return coalesce(
        ifInbound(coalesce(col("converting_agent_key"), col("last_replied_by_key"))),
        lit(Definitions.UNASSIGNED));
  }

  /** The end of the window is inside: a reply or a ticket at that very instant voids. */
  private static Column isAutomated(Duration window) {
    Column nobodyReplied =
        col("first_replied_at").isNull().or(col("first_replied_at").gt(afterSolve(window)));
    return coalesce(
        isInbound()
            .and(col("is_counted"))
            .and(col("is_resolved"))
            .and(col("bot_message_count").gt(0))
            .and(nobodyReplied)
            .and(col("next_inbound_at").isNull()),
        lit(false));
  }

  /** After a human reply before the solve there is nothing to wait for. */
  private static Column automationMatures(Duration window) {
    Column isDecidedBySolve =
        coalesce(col("first_replied_at").leq(col("last_solved_at")), lit(false));
    Column ifUndecided = when(not(isDecidedBySolve), afterSolve(window));
    return ifInbound(greatest(col("created_at").plus(micros(window)), ifUndecided));
  }
}
