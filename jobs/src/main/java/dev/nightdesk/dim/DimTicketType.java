package dev.nightdesk.dim;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.min;
import static org.apache.spark.sql.functions.struct;

import dev.nightdesk.history.TicketHistory;
import dev.nightdesk.logic.Projections;
import dev.nightdesk.table.Inputs;
import dev.nightdesk.table.Night;
import dev.nightdesk.table.Table;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** {@code dim_ticket_type}: the types of counted tickets, and when each was first seen. */
public final class DimTicketType implements Table {

  @Override
  public String name() {
    return "dim_ticket_type";
  }

  @Override
  public List<String> inputs() {
    return List.of(TicketHistory.NAME);
  }

  @Override
  public Dataset<Row> build(Inputs inputs, Night night) {
    Dataset<Row> tickets =
        Projections.of(
            inputs.get(TicketHistory.NAME), "ticket_key", "type_code", "is_counted", "created_at");
    return tickets
        .filter("is_counted")
        .groupBy("type_code")
        .agg(min(struct(col("created_at"), col("ticket_key"))).as("first"))
        .select(
            col("type_code"),
            col("first.created_at").as("first_seen_at"),
            col("first.ticket_key").as("first_ticket_key"));
  }
}
