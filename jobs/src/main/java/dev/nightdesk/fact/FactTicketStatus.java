package dev.nightdesk.fact;

import dev.nightdesk.history.TicketHistory;
import dev.nightdesk.logic.Projections;
import dev.nightdesk.table.Inputs;
import dev.nightdesk.table.Night;
import dev.nightdesk.table.Table;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** {@code fact_ticket_status}: the intervals in which a ticket held one status. */
public final class FactTicketStatus implements Table {

  @Override
  public String name() {
    return "fact_ticket_status";
  }

  @Override
  public List<String> inputs() {
    return List.of(TicketHistory.NAME);
  }

  @Override
  public Dataset<Row> build(Inputs inputs, Night night) {
    return Projections.ofEach(
        inputs.get(TicketHistory.NAME),
        "statuses",
        "ticket_key",
        "ticket_created_date",
        "interval_number",
        "type_code",
        "channel_code",
        "brand_code",
        "team_code",
        "is_counted",
        "status_code",
        "is_resolved",
        "started_at",
        "ended_at",
        "started_by_key",
        "started_by_class_code",
        "assignee_key");
  }
}
