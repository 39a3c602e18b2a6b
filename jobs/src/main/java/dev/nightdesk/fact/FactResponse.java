package dev.nightdesk.fact;

import dev.nightdesk.history.TicketHistory;
import dev.nightdesk.logic.Projections;
import dev.nightdesk.table.Inputs;
import dev.nightdesk.table.Night;
import dev.nightdesk.table.Table;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** {@code fact_response}: wait episodes. */
public final class FactResponse implements Table {

  @Override
  public String name() {
    return "fact_response";
  }

  @Override
  public List<String> inputs() {
    return List.of(TicketHistory.NAME);
  }

  @Override
  public Dataset<Row> build(Inputs inputs, Night night) {
    return Projections.ofEach(
        inputs.get(TicketHistory.NAME),
        "responses",
        "ticket_key",
        "ticket_created_date",
        "episode_number",
        "type_code",
        "channel_code",
        "brand_code",
        "team_code",
        "is_counted",
        "direction_code",
        "opened_at",
        "outcome_code",
        "ended_at",
        "agent_key",
        "response_seconds",
        "response_business_seconds",
        "is_first");
  }
}
