package dev.nightdesk.fact;

import dev.nightdesk.history.TicketHistory;
import dev.nightdesk.logic.Projections;
import dev.nightdesk.table.Inputs;
import dev.nightdesk.table.Night;
import dev.nightdesk.table.Table;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** {@code fact_backlog_change}: changes of the unresolved work. */
public final class FactBacklogChange implements Table {

  @Override
  public String name() {
    return "fact_backlog_change";
  }

  @Override
  public List<String> inputs() {
    return List.of(TicketHistory.NAME);
  }

  @Override
  public Dataset<Row> build(Inputs inputs, Night night) {
    return Projections.ofEach(
        inputs.get(TicketHistory.NAME),
        "backlog_changes",
        "ticket_key",
        "ticket_created_date",
        "change_number",
        "type_code",
        "channel_code",
        "brand_code",
        "team_code",
        "is_counted",
        "changed_at",
        "agent_key",
        "backlog_change",
        "unassigned_change",
        "customer_waiting_change",
        "new_change",
        "open_change",
        "pending_change",
        "hold_change",
        "under_1_day_change",
        "from_1_to_3_days_change",
        "from_3_to_7_days_change",
        "from_7_to_30_days_change",
        "over_30_days_change");
  }
}
