package dev.nightdesk.update;

import static dev.nightdesk.logic.Joins.among;

import dev.nightdesk.fact.FactAgentShift;
import dev.nightdesk.fact.FactSocialMention;
import dev.nightdesk.logic.LatestPerKey;
import dev.nightdesk.table.Inputs;
import dev.nightdesk.table.Night;
import dev.nightdesk.table.Replacement;
import dev.nightdesk.table.Table;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** The facts that no ticket, order or person decides: mentions and shifts. */
final class OtherRecords {

  private final NightState state;
  private final Passage passage;
  private final Night night;

  OtherRecords(NightState state, Passage passage, Night night) {
    this.state = state;
    this.passage = passage;
    this.night = night;
  }

  /** Adds the replacements of the tables in which anything moved. */
  void changes(Map<String, Replacement> changes, TouchedUnits units) {
    MovedRecords mentions =
        MovedRecords.of(state, passage, "stg_social_mention", "mention_key", "mentioned_at");
    if (!mentions.keys().isEmpty()) {
      add(new FactSocialMention(), mentions.versions(), mentions.keys(), changes);
      units.add("mention_key", mentions.keys());
    }
    // Plans lie ahead in the table, too.
    MovedRecords shifts = MovedRecords.of(state, passage, "stg_agent_shift", "shift_key");
    if (!shifts.keys().isEmpty()) {
      Dataset<Row> agents = state.keep("touched_agent", agents(shifts));
      add(new FactAgentShift(), shiftsOf(agents), agents, changes);
      units.add("agent_key", agents);
    }
  }

  private void add(
      Table table, Dataset<Row> staged, Dataset<Row> keys, Map<String, Replacement> changes) {
    Dataset<Row> rows = table.build(Inputs.of(table, Map.of(table.inputs().get(0), staged)), night);
    changes.put(table.name(), new Replacement(List.of(keys.columns()), keys, rows));
  }

  /** Every agent whom any version of these shifts names: a shift may go to another agent. */
  private Dataset<Row> agents(MovedRecords shifts) {
    return shifts
        .versions()
        .select("agent_key")
        .union(state.arrived("stg_agent_shift").select("agent_key"))
        .distinct();
  }

  /** All shifts of some agents, the newest version of each. */
  private Dataset<Row> shiftsOf(Dataset<Row> agents) {
    Dataset<Row> staged = state.staged("stg_agent_shift");
    Dataset<Row> keys = among(staged, agents, "agent_key").select("shift_key").distinct();
    return among(
        LatestPerKey.of(among(staged, keys, "shift_key"), "shift_key"), agents, "agent_key");
  }
}
