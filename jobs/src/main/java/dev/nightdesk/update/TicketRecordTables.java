package dev.nightdesk.update;

import dev.nightdesk.fact.FactCall;
import dev.nightdesk.fact.FactCallLeg;
import dev.nightdesk.fact.FactSurvey;
import dev.nightdesk.history.TicketHistory;
import dev.nightdesk.table.Inputs;
import dev.nightdesk.table.Night;
import dev.nightdesk.table.Replacement;
import dev.nightdesk.table.Table;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Surveys, calls and uses of macros: records of a ticket that can be given to another one or be of
 * none, and the facts that have a row for each.
 */
final class TicketRecordTables {

  private final NightState state;
  private final MovedRecords surveys;
  private final MovedRecords calls;
  private final MovedRecords macroUses;
  private final Map<String, Dataset<Row>> newest = new HashMap<>();

  private TicketRecordTables(
      NightState state, MovedRecords surveys, MovedRecords calls, MovedRecords macroUses) {
    this.state = state;
    this.surveys = surveys;
    this.calls = calls;
    this.macroUses = macroUses;
  }

  static TicketRecordTables find(NightState state, Passage passage) {
    return new TicketRecordTables(
        state,
        MovedRecords.of(state, passage, "stg_survey", "survey_key", "sent_at", "answered_at"),
        MovedRecords.of(
            state,
            passage,
            "stg_call",
            "call_key",
            "started_at",
            "queued_at",
            "answered_at",
            "abandoned_at",
            "ended_at"),
        // A use that lies ahead is known to its ticket.
        MovedRecords.of(state, passage, "stg_macro_use", "macro_use_key"));
  }

  /** Those that may say something else tonight. */
  List<MovedRecords> all() {
    return List.of(surveys, calls, macroUses);
  }

  /**
   * The newest versions of the records of some tickets, and of those that may say something else,
   * by staged table.
   *
   * @param tickets ticket_key; all touched tickets are among them
   */
  Map<String, Dataset<Row>> newest(Dataset<Row> tickets) {
    for (MovedRecords moved : all()) {
      newest.put(moved.table(), moved.newest(tickets));
    }
    return newest;
  }

  /**
   * Adds the replacements of fact_survey, fact_call and fact_call_leg, once {@link #newest} was
   * asked.
   *
   * @param touched ticket_key
   * @param histories of the touched tickets
   */
  void changes(
      Night night,
      Dataset<Row> touched,
      Dataset<Row> histories,
      Map<String, Replacement> changes,
      TouchedUnits units) {
    changes(night, surveys, List.of(new FactSurvey()), touched, histories, changes, units);
    changes(
        night,
        calls,
        List.of(new FactCall(), new FactCallLeg()),
        touched,
        histories,
        changes,
        units);
  }

  private void changes(
      Night night,
      MovedRecords moved,
      List<Table> tables,
      Dataset<Row> touched,
      Dataset<Row> histories,
      Map<String, Replacement> changes,
      TouchedUnits units) {
    Dataset<Row> records = MovedRecords.ofTicketsOrNone(newest.get(moved.table()), touched);
    Dataset<Row> keys =
        state.keep(
            "touched_" + moved.key(),
            moved
                .keys()
                .union(records.select(moved.key()))
                .union(
                    state.before(tables.get(0).name(), touched, "ticket_key").select(moved.key()))
                .distinct());
    for (Table table : tables) {
      Dataset<Row> rows =
          table.build(
              Inputs.of(table, Map.of(TicketHistory.NAME, histories, moved.table(), records)),
              night);
      changes.put(table.name(), new Replacement(List.of(moved.key()), keys, rows));
    }
    units.add(moved.key(), keys);
  }
}
