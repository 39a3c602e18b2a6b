package dev.nightdesk.update;

import static dev.nightdesk.logic.Joins.among;
import static dev.nightdesk.logic.Joins.notAmong;
import static org.apache.spark.sql.functions.col;

import dev.nightdesk.fact.FactSelfServiceSession;
import dev.nightdesk.fact.FactTicket;
import dev.nightdesk.logic.PersonKeys;
import dev.nightdesk.table.Night;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Visits of the help centre: of each it counts when its person wrote a ticket all the same. */
final class Visits {

  private final NightState state;
  private final Passage passage;
  private final Night night;
  private final Customers customers;

  Visits(NightState state, Passage passage, Night night, Customers customers) {
    this.state = state;
    this.passage = passage;
    this.night = night;
    this.customers = customers;
  }

  /**
   * Brings fact_self_service_session up to date, once fact_ticket is.
   *
   * @param persons person_key of those whose tickets or customers changed
   */
  void update(Dataset<Row> persons, TouchedUnits units) {
    MovedRecords moved =
        MovedRecords.of(
            state, passage, "stg_self_service_session", "session_key", "started_at", "ended_at");
    Dataset<Row> table = state.before(FactSelfServiceSession.NAME);
    Dataset<Row> others =
        notAmong(among(table, persons, "person_key"), moved.keys(), "session_key");
    Dataset<Row> before = among(table, moved.keys(), "session_key").union(others);
    Dataset<Row> versions = moved.versions();
    Dataset<Row> otherCores = FactSelfServiceSession.coresOfRows(others).drop("person_key");
    Dataset<Row> cores =
        state.keep(
            "session",
            FactSelfServiceSession.cores(versions, customers.of(versions), night)
                .unionByName(
                    // The customer may have become another person.
                    PersonKeys.ofCustomerKeys(otherCores, customers.of(otherCores))));
    Dataset<Row> visitors =
        cores.select("person_key").filter(col("person_key").isNotNull()).distinct();
    Dataset<Row> contacts =
        among(
                state
                    .tonight(FactTicket.NAME)
                    .filter(col("is_counted").and(col("direction_code").equalTo("inbound"))),
                visitors,
                "person_key")
            .select("person_key", "created_at");
    Dataset<Row> rows =
        state.keep("session_row", FactSelfServiceSession.rows(cores, contacts, night));
    Dataset<Row> changed =
        state.keep("changed_session", Differences.keys(before, rows, "session_key"));
    state.replace(
        Map.of(FactSelfServiceSession.NAME, FactsUpdate.replacement(changed, rows, "session_key")));
    units.add("session_key", changed);
  }
}
