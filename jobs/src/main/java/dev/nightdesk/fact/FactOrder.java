package dev.nightdesk.fact;

import static org.apache.spark.sql.functions.aggregate;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.concat;
import static org.apache.spark.sql.functions.filter;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.unix_micros;
import static org.apache.spark.sql.functions.when;

import dev.nightdesk.dim.DimCustomer;
import dev.nightdesk.logic.LatestPerKey;
import dev.nightdesk.logic.PersonKeys;
import dev.nightdesk.table.Definitions.Identity;
import dev.nightdesk.table.Inputs;
import dev.nightdesk.table.Night;
import dev.nightdesk.table.Table;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.expressions.Window;
import org.apache.spark.sql.expressions.WindowSpec;

/**
 * {@code fact_order}: orders placed before as of, with what was cancelled and refunded until then,
 * and the person who ordered.
 */
public final class FactOrder implements Table {

  /** The table's name. */
  public static final String NAME = "fact_order";

  private static final String MONEY = "decimal(19,4)";

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public List<String> inputs() {
    return List.of("stg_order", DimCustomer.NAME);
  }

  @Override
  public Dataset<Row> build(Inputs inputs, Night night) {
    Column asOf = lit(night.asOf());
    Identity identity = night.definitions().identity();
    Dataset<Row> orders =
        LatestPerKey.of(inputs.get("stg_order"), "order_key")
            .filter(col("ordered_at").lt(asOf))
            .withColumn("cancelled_at", when(col("cancelled_at").lt(asOf), col("cancelled_at")))
            .withColumn("refunded_amount", refunded(asOf))
            .withColumn("email_hash", PersonKeys.emailHash(col("email"), identity))
            .withColumn("phone_hash", PersonKeys.phoneHash(col("phone"), identity))
            .withColumn("is_valid", isValid());
    return PersonKeys.ofContacts(orders, inputs.get(DimCustomer.NAME))
        .select(
            col("order_key"),
            col("source_code"),
            col("order_id"),
            col("customer_key"),
            col("person_key"),
            col("ordered_at"),
            col("cancelled_at"),
            col("financial_status_code"),
            col("is_test"),
            col("is_valid"),
            col("total_amount"),
            col("refunded_amount"),
            col("total_amount").minus(col("refunded_amount")).cast(MONEY).as("net_amount"),
            col("currency_code"),
            max("ordered_at").over(earlierOfThePerson()).as("previous_ordered_at"));
  }

  private static Column refunded(Column asOf) {
    Column known = filter(col("refunds"), refund -> refund.getField("refunded_at").lt(asOf));
    Column sum =
        aggregate(
            known,
            lit(0).cast(MONEY),
            (amount, refund) -> amount.plus(refund.getField("amount")).cast(MONEY));
    // An order without refunds gave nothing back.
    return coalesce(sum, lit(0).cast(MONEY));
  }

  private static Column isValid() {
    Column isVoid = coalesce(col("financial_status_code").isin("voided", "expired"), lit(false));
    return not(col("is_test")).and(col("cancelled_at").isNull()).and(not(isVoid));
  }

  /** Strictly earlier valid orders of the person; an order of nobody, or not valid, has none. */
  private static WindowSpec earlierOfThePerson() {
    Column buyer = when(col("is_valid"), concat(lit("person "), col("person_key")));
    return Window.partitionBy(coalesce(buyer, concat(lit("order "), col("order_key"))))
        .orderBy(unix_micros(col("ordered_at")))
        .rangeBetween(Window.unboundedPreceding(), -1);
  }
}
