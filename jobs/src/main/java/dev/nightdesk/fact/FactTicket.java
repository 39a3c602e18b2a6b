package dev.nightdesk.fact;

import dev.nightdesk.history.TicketHistory;
import dev.nightdesk.logic.NextContact;
import dev.nightdesk.logic.Projections;
import dev.nightdesk.table.Inputs;
import dev.nightdesk.table.Night;
import dev.nightdesk.table.Table;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * {@code fact_ticket}: how a ticket was opened, first answered and resolved, and when its customer
 * came back.
 */
public final class FactTicket implements Table {

  private static final String[] OWN_COLUMNS = {
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
    "created_agent_key",
    "assignee_key",
    "first_replied_at",
    "first_replied_by_key",
    "first_response_seconds",
    "first_response_business_seconds",
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
    "deferred_from_at"
  };

  @Override
  public String name() {
    return "fact_ticket";
  }

  @Override
  public List<String> inputs() {
    return List.of(TicketHistory.NAME);
  }

  @Override
  public Dataset<Row> build(Inputs inputs, Night night) {
    Dataset<Row> tickets = Projections.of(inputs.get(TicketHistory.NAME), OWN_COLUMNS);
    return Projections.of(
        NextContact.of(tickets),
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
        "created_agent_key",
        "assignee_key",
        "first_replied_at",
        "first_replied_by_key",
        "first_response_seconds",
        "first_response_business_seconds",
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
        "follow_up_of_key",
        "deferred_from_at");
  }
}
