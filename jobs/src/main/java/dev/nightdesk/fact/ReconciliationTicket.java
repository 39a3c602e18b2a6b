package dev.nightdesk.fact;

import dev.nightdesk.history.TicketHistory;
import dev.nightdesk.logic.Projections;
import dev.nightdesk.table.Inputs;
import dev.nightdesk.table.Night;
import dev.nightdesk.table.Table;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** {@code reconciliation_ticket}: our figures of a ticket beside the help desk's own. */
public final class ReconciliationTicket implements Table {

  @Override
  public String name() {
    return "reconciliation_ticket";
  }

  @Override
  public List<String> inputs() {
    return List.of(TicketHistory.NAME);
  }

  @Override
  public Dataset<Row> build(Inputs inputs, Night night) {
    return Projections.ofEach(
        inputs.get(TicketHistory.NAME),
        "reconciliations",
        "ticket_key",
        "ticket_created_date",
        "metric_code",
        "clock_code",
        "our_value",
        "vendor_value",
        "vendor_step",
        "difference",
        "reason_code",
        "source_code",
        "is_counted");
  }
}
