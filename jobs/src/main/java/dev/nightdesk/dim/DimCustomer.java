package dev.nightdesk.dim;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.concat;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.lower;
import static org.apache.spark.sql.functions.sha2;
import static org.apache.spark.sql.functions.trim;
import static org.apache.spark.sql.functions.when;

import dev.nightdesk.logic.LatestPerKey;
import dev.nightdesk.table.Inputs;
import dev.nightdesk.table.Night;
import dev.nightdesk.table.Table;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * {@code dim_customer}: customers, their contact data only as salted hashes; an empty text has
 * none.
 */
public final class DimCustomer implements Table {

  @Override
  public String name() {
    return "dim_customer";
  }

  @Override
  public List<String> inputs() {
    return List.of("stg_customer");
  }

  @Override
  public Dataset<Row> build(Inputs inputs, Night night) {
    String salt = night.definitions().identity().hashSalt();
    return LatestPerKey.of(inputs.get("stg_customer"), "customer_key")
        .select(
            col("customer_key"),
            col("source_code"),
            col("customer_id"),
            hash(salt, lower(trim(col("email")))).as("email_hash"),
            hash(salt, trim(col("phone"))).as("phone_hash"),
            col("created_at"));
  }

  private static Column hash(String salt, Column value) {
    return when(value.notEqual(""), sha2(concat(lit(salt), value), 256));
  }
}
