package dev.nightdesk.fact;

import dev.nightdesk.history.TicketHistory;
import dev.nightdesk.logic.Projections;
import dev.nightdesk.table.Inputs;
import dev.nightdesk.table.Night;
import dev.nightdesk.table.Table;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** {@code fact_macro_use}: what macros made on tickets, each message and event once. */
public final class FactMacroUse implements Table {

  @Override
  public String name() {
    return "fact_macro_use";
  }

  @Override
  public List<String> inputs() {
    return List.of(TicketHistory.NAME);
  }

  @Override
  public Dataset<Row> build(Inputs inputs, Night night) {
    return Projections.ofEach(
        inputs.get(TicketHistory.NAME),
        "macro_uses",
        "macro_key",
        "ticket_key",
        "ticket_created_date",
        "used_in_id",
        "agent_key",
        "used_at",
        "type_code",
        "channel_code",
        "brand_code",
        "team_code",
        "is_counted",
        "direction_code");
  }
}
