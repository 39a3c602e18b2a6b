package dev.nightdesk.update;

import static dev.nightdesk.logic.Joins.among;
import static org.apache.spark.sql.functions.col;

import dev.nightdesk.logic.PersonKeys;
import dev.nightdesk.table.Definitions.Identity;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * The few rows of dim_customer that decide who the people of some rows are: the rest of a large
 * table need not be checked and joined.
 *
 * @param table dim_customer as of tonight
 */
record Customers(Dataset<Row> table) {

  /** Those whom rows name by {@code customer_key}. */
  Dataset<Row> of(Dataset<Row> rows) {
    return among(
        table,
        rows.select("customer_key").filter(col("customer_key").isNotNull()).distinct(),
        "customer_key");
  }

  /** Those whom staged orders name, and all who have the phone numbers that the orders give. */
  Dataset<Row> ofOrders(Dataset<Row> orders, Identity identity) {
    Dataset<Row> phones =
        orders
            .select(PersonKeys.phoneHash(col("phone"), identity).as("phone_hash"))
            .filter(col("phone_hash").isNotNull())
            .distinct();
    return of(orders).union(among(table, phones, "phone_hash")).distinct();
  }

  /** The persons whom rows name by {@code customer_key}: person_key, repeats or not. */
  Dataset<Row> persons(Dataset<Row> rows) {
    Dataset<Row> named =
        rows.select("customer_key").filter(col("customer_key").isNotNull()).distinct();
    return PersonKeys.ofCustomerKeys(named, of(named)).select("person_key");
  }
}
