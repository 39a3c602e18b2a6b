package dev.nightdesk.update;

import static dev.nightdesk.logic.Joins.among;
import static dev.nightdesk.logic.Joins.notAmong;
import static org.apache.spark.sql.functions.col;

import dev.nightdesk.fact.FactOrder;
import dev.nightdesk.table.Night;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * The orders whose own record, or whose buyer, may be another one tonight.
 *
 * @param keys order_key
 * @param before their rows of fact_order as published before
 * @param cores what their records tell tonight, as {@link FactOrder#cores} gives it
 */
record TouchedOrders(Dataset<Row> keys, Dataset<Row> before, Dataset<Row> cores) {

  static TouchedOrders find(
      NightState state,
      Passage passage,
      Night night,
      ChangedCustomers changed,
      Customers customers) {
    Dataset<Row> table = state.before(FactOrder.NAME);
    Dataset<Row> keys =
        state.keep(
            "touched_order",
            state
                .arrived("stg_order")
                .select("order_key")
                .union(
                    state
                        .staged("stg_order")
                        .filter(passage.makesRecordKnown("ordered_at"))
                        .select("order_key"))
                .union(
                    table.filter(passage.makesKnown(col("deferred_from_at"))).select("order_key"))
                .union(among(table, changed.customers(), "customer_key").select("order_key"))
                .union(among(table, changed.persons(), "person_key").select("order_key"))
                .distinct());
    Dataset<Row> versions = state.staged("stg_order", keys, "order_key");
    Dataset<Row> cores =
        FactOrder.cores(
            versions, customers.ofOrders(versions, night.definitions().identity()), night);
    return new TouchedOrders(
        keys, state.before(FactOrder.NAME, keys, "order_key"), state.keep("order", cores));
  }

  /** Who placed them, before or tonight: person_key, repeats or not. */
  Dataset<Row> persons() {
    return before
        .select("person_key")
        .union(cores.select("person_key"))
        .filter(col("person_key").isNotNull());
  }

  /**
   * The rows tonight of all orders of some persons, of these orders' among them.
   *
   * @param persons person_key
   * @param table fact_order as published before
   */
  Dataset<Row> rowsOf(Dataset<Row> persons, Dataset<Row> table) {
    Dataset<Row> others = notAmong(among(table, persons, "person_key"), keys, "order_key");
    return FactOrder.rows(cores.unionByName(FactOrder.coresOfRows(others)));
  }
}
