package dev.nightdesk.update;

import dev.nightdesk.fact.FactBacklogChange;
import dev.nightdesk.fact.FactMacroUse;
import dev.nightdesk.fact.FactMessage;
import dev.nightdesk.fact.FactResolution;
import dev.nightdesk.fact.FactResponse;
import dev.nightdesk.fact.FactSla;
import dev.nightdesk.fact.FactTicketStatus;
import dev.nightdesk.fact.ReconciliationTicket;
import dev.nightdesk.history.TicketHistory;
import dev.nightdesk.table.Inputs;
import dev.nightdesk.table.Night;
import dev.nightdesk.table.Replacement;
import dev.nightdesk.table.Table;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** The facts that hold many rows of a ticket and nothing but its own history. */
final class TicketRowTables {

  private static final List<Table> TABLES =
      List.of(
          new FactResolution(),
          new FactResponse(),
          new FactMessage(),
          new FactMacroUse(),
          new FactTicketStatus(),
          new FactBacklogChange(),
          new FactSla(),
          new ReconciliationTicket());

  private static final String[] KEY = {"ticket_created_date", "ticket_key"};

  private TicketRowTables() {}

  /**
   * Adds the replacements of all these tables.
   *
   * @param histories of the touched tickets
   * @param before the rows of fact_ticket of the touched tickets, as published before: the day of
   *     creation, by which files are found, may have been another one
   */
  static void changes(
      NightState state,
      Night night,
      Dataset<Row> histories,
      Dataset<Row> before,
      Map<String, Replacement> changes) {
    Dataset<Row> keys =
        state.keep(
            "touched_ticket_day",
            before.select(KEY[0], KEY[1]).union(histories.select(KEY[0], KEY[1])).distinct());
    for (Table table : TABLES) {
      Dataset<Row> rows =
          table.build(Inputs.of(table, Map.of(TicketHistory.NAME, histories)), night);
      changes.put(table.name(), new Replacement(List.of(KEY), keys, rows));
    }
  }
}
