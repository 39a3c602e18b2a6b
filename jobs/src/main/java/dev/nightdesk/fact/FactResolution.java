package dev.nightdesk.fact;

import dev.nightdesk.history.TicketHistory;
import dev.nightdesk.logic.Projections;
import dev.nightdesk.table.Inputs;
import dev.nightdesk.table.Night;
import dev.nightdesk.table.Table;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** {@code fact_resolution}: solves and the reopens after them. */
public final class FactResolution implements Table {

  @Override
  public String name() {
    return "fact_resolution";
  }

  @Override
  public List<String> inputs() {
    return List.of(TicketHistory.NAME);
  }

  @Override
  public Dataset<Row> build(Inputs inputs, Night night) {
    return Projections.ofEach(
        inputs.get(TicketHistory.NAME),
        "resolutions",
        "ticket_key",
        "ticket_created_date",
        "cycle_number",
        "type_code",
        "channel_code",
        "brand_code",
        "team_code",
        "is_counted",
        "direction_code",
        "started_at",
        "solved_at",
        "solved_by_key",
        "solver_class_code",
        "reopened_at",
        "is_first",
        "is_last",
        "cycle_seconds",
        "cycle_business_seconds");
  }
}
