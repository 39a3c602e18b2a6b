package dev.nightdesk.update;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;

import dev.nightdesk.contract.ColumnContract;
import dev.nightdesk.contract.Contracts;
import dev.nightdesk.contract.TableContract;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataTypes;

/**
 * The units of facts whose rows the night may have changed, or whose instants as of passes: what
 * they contribute to a figure may differ, and what all others contribute does not.
 *
 * <p>Kept as {@link #NAME}, with the columns unit_code (the name of the column that names the unit)
 * and unit_key, each once.
 */
public final class TouchedUnits {

  /** The name under which they are kept. */
  public static final String NAME = "touched";

  private static final List<String> FACTS =
      List.of(
          "fact_ticket",
          "fact_resolution",
          "fact_response",
          "fact_message",
          "fact_macro_use",
          "fact_ticket_status",
          "fact_backlog_change",
          "fact_sla",
          "fact_survey",
          "fact_call",
          "fact_call_leg",
          "fact_order",
          "fact_conversion",
          "fact_social_mention",
          "fact_self_service_session",
          "fact_agent_shift");

  private final NightState state;
  private Dataset<Row> units;

  TouchedUnits(NightState state, Passage passage) {
    this.state = state;
    for (String fact : FACTS) {
      TableContract contract = Contracts.of(fact);
      List<String> instants =
          contract.columns().stream()
              .filter(column -> column.type().equals(DataTypes.TimestampType))
              .map(ColumnContract::name)
              .toList();
      add(contract.unit().orElseThrow(), state.before(fact, passage.passesAny(instants)));
    }
  }

  /**
   * Adds units.
   *
   * @param unit the column that names them
   * @param rows with that column, repeats or not
   */
  void add(String unit, Dataset<Row> rows) {
    Dataset<Row> more = rows.select(lit(unit).as("unit_code"), col(unit).as("unit_key"));
    units = units == null ? more : units.union(more);
  }

  void keep() {
    state.keep(NAME, units.distinct());
  }
}
