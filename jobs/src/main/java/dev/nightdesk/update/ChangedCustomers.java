package dev.nightdesk.update;

import static dev.nightdesk.logic.Joins.among;
import static dev.nightdesk.logic.Joins.notAmong;
import static org.apache.spark.sql.functions.col;

import dev.nightdesk.dim.DimCustomer;
import dev.nightdesk.logic.PersonKeys;
import dev.nightdesk.table.Night;
import dev.nightdesk.table.Replacement;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * The customers whose row of dim_customer changes, and everybody who may be another person by that.
 *
 * <p>A person is decided within the customers of one phone number, so those with the numbers of
 * changed customers are read along.
 *
 * @param customers customer_key of the changed rows
 * @param persons person_key, of rows before and after, of any customer with a number that came or
 *     went, and of orders that only give such a number
 */
record ChangedCustomers(Dataset<Row> customers, Dataset<Row> persons) {

  /** Brings dim_customer up to date. */
  static ChangedCustomers update(NightState state, Night night) {
    Dataset<Row> table = state.before(DimCustomer.NAME);
    Dataset<Row> arrived = state.arrived("stg_customer").select("customer_key");
    if (arrived.isEmpty()) {
      return none(table);
    }
    Dataset<Row> keys = state.keep("arrived_customer", arrived.distinct());
    Dataset<Row> old = among(table, keys, "customer_key");
    Dataset<Row> cores =
        DimCustomer.cores(state.staged("stg_customer", keys, "customer_key"), night);
    Dataset<Row> phones = phones(old).union(phones(cores)).distinct();
    Dataset<Row> neighbours = notAmong(among(table, phones, "phone_hash"), keys, "customer_key");
    Dataset<Row> before = state.keep("customer_before", old.unionByName(neighbours));
    Dataset<Row> after =
        state.keep(
            "customer", DimCustomer.rows(cores.unionByName(DimCustomer.coresOfRows(neighbours))));
    Dataset<Row> changed =
        state.keep("changed_customer", Differences.keys(before, after, "customer_key"));
    if (changed.isEmpty()) {
      return none(table);
    }
    Dataset<Row> newRows = among(after, changed, "customer_key");
    state.replace(
        Map.of(DimCustomer.NAME, new Replacement(List.of("customer_key"), changed, newRows)));
    return new ChangedCustomers(
        changed, state.keep("changed_person", persons(changed, before.unionByName(after))));
  }

  private static Dataset<Row> persons(Dataset<Row> changed, Dataset<Row> beforeAndAfter) {
    Dataset<Row> rows = among(beforeAndAfter, changed, "customer_key");
    Dataset<Row> phones = phones(rows);
    return rows.select("person_key")
        // Nobody knew the customer, so the key itself was the person; or nobody does any more.
        .union(changed.select(col("customer_key").as("person_key")))
        // An order that gives only a number is of the number's one owner, or of the number.
        .union(phones.select(PersonKeys.ofPhone(col("phone_hash")).as("person_key")))
        .union(
            among(beforeAndAfter, phones, "phone_hash")
                .select(PersonKeys.ofEmail(col("email_hash")).as("person_key")))
        .filter(col("person_key").isNotNull())
        .distinct();
  }

  private static Dataset<Row> phones(Dataset<Row> customers) {
    return customers.select("phone_hash").filter(col("phone_hash").isNotNull());
  }

  private static ChangedCustomers none(Dataset<Row> table) {
    return new ChangedCustomers(
        table.select("customer_key").limit(0), table.select("person_key").limit(0));
  }
}
