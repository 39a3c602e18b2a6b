package dev.nightdesk.dim;

import static org.apache.spark.sql.functions.col;

import dev.nightdesk.logic.LatestPerKey;
import dev.nightdesk.logic.PersonKeys;
import dev.nightdesk.table.Definitions.Identity;
import dev.nightdesk.table.Inputs;
import dev.nightdesk.table.Night;
import dev.nightdesk.table.Table;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * {@code dim_customer}: customers, their contact data only as salted hashes, and the person that
 * each is across sources.
 */
public final class DimCustomer implements Table {

  /** The table's name. */
  public static final String NAME = "dim_customer";

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public List<String> inputs() {
    return List.of("stg_customer");
  }

  @Override
  public Dataset<Row> build(Inputs inputs, Night night) {
    return rows(cores(inputs.get("stg_customer"), night));
  }

  /**
   * What the customers' own records tell: all columns but the person.
   *
   * @param versions staged customers: all versions of each
   */
  public static Dataset<Row> cores(Dataset<Row> versions, Night night) {
    Identity identity = night.definitions().identity();
    return LatestPerKey.of(versions, "customer_key")
        .select(
            col("customer_key"),
            col("source_code"),
            col("customer_id"),
            PersonKeys.emailHash(col("email"), identity).as("email_hash"),
            PersonKeys.phoneHash(col("phone"), identity).as("phone_hash"),
            col("created_at"));
  }

  /** The same from rows of this table, of customers whose records have not changed since. */
  public static Dataset<Row> coresOfRows(Dataset<Row> rows) {
    return rows.drop("person_key");
  }

  /**
   * The rows of the table.
   *
   * @param cores all customers with the phone numbers of these customers
   */
  public static Dataset<Row> rows(Dataset<Row> cores) {
    return PersonKeys.ofCustomers(cores)
        .select(
            "customer_key",
            "source_code",
            "customer_id",
            "person_key",
            "email_hash",
            "phone_hash",
            "created_at");
  }
}
