package dev.nightdesk.fact;

import dev.nightdesk.history.TicketHistory;
import dev.nightdesk.logic.Projections;
import dev.nightdesk.table.Inputs;
import dev.nightdesk.table.Night;
import dev.nightdesk.table.Table;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** {@code fact_sla}: SLA instances. */
public final class FactSla implements Table {

  @Override
  public String name() {
    return "fact_sla";
  }

  @Override
  public List<String> inputs() {
    return List.of(TicketHistory.NAME);
  }

  @Override
  public Dataset<Row> build(Inputs inputs, Night night) {
    return Projections.ofEach(
        inputs.get(TicketHistory.NAME),
        "sla",
        "ticket_key",
        "ticket_created_date",
        "metric_code",
        "instance_number",
        "type_code",
        "channel_code",
        "brand_code",
        "team_code",
        "is_counted",
        "policy_key",
        "priority_code",
        "target_seconds",
        "is_business",
        "started_at",
        "due_at",
        "fulfilled_at",
        "decided_at",
        "is_breached_when_decided",
        "agent_key");
  }
}
