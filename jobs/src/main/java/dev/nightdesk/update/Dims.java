package dev.nightdesk.update;

import dev.nightdesk.dim.DimAgent;
import dev.nightdesk.dim.DimChannel;
import dev.nightdesk.dim.DimDate;
import dev.nightdesk.dim.DimMacro;
import dev.nightdesk.dim.DimTicketType;
import dev.nightdesk.fact.FactTicket;
import dev.nightdesk.history.TicketHistory;
import dev.nightdesk.logic.Projections;
import dev.nightdesk.table.Inputs;
import dev.nightdesk.table.Night;
import dev.nightdesk.table.Table;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * The small dims, computed whole: fact_ticket carries what they ask of a ticket's history, so it
 * takes its place.
 */
final class Dims {

  private static final List<Table> TABLES =
      List.of(new DimAgent(), new DimTicketType(), new DimChannel(), new DimDate(), new DimMacro());

  private Dims() {}

  /** Brings them up to date, once fact_ticket is. */
  static void update(NightState state, Night night) {
    Dataset<Row> tickets =
        Projections.inMicros(
            state
                .tonight(FactTicket.NAME)
                .select(
                    "ticket_key",
                    "type_code",
                    "channel_code",
                    "is_counted",
                    "created_at",
                    "agent_keys",
                    "bot_keys"));
    Map<String, Dataset<Row>> whole = new LinkedHashMap<>();
    for (Table table : TABLES) {
      Map<String, Dataset<Row>> inputs = new HashMap<>();
      for (String input : table.inputs()) {
        inputs.put(input, input.equals(TicketHistory.NAME) ? tickets : state.staged(input));
      }
      whole.put(table.name(), table.build(Inputs.of(table, inputs), night));
    }
    state.update(whole);
  }
}
