package dev.nightdesk.fact;

import static org.apache.spark.sql.functions.aggregate;
import static org.apache.spark.sql.functions.array_min;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.concat;
import static org.apache.spark.sql.functions.filter;
import static org.apache.spark.sql.functions.least;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.transform;
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
import java.util.stream.Stream;
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

  private static final List<String> CORE =
      List.of(
          "order_key",
          "source_code",
          "order_id",
          "customer_key",
          "person_key",
          "ordered_at",
          "cancelled_at",
          "financial_status_code",
          "is_test",
          "is_valid",
          "total_amount",
          "refunded_amount",
          "net_amount",
          "currency_code",
          "deferred_from_at");

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
    return rows(cores(inputs.get("stg_order"), inputs.get(DimCustomer.NAME), night));
  }

  /**
   * What the orders' own records tell, and who ordered: all columns but previous_ordered_at.
   *
   * @param versions staged orders: all versions of each
   * @param customers dim_customer
   */
  public static Dataset<Row> cores(Dataset<Row> versions, Dataset<Row> customers, Night night) {
    Column asOf = lit(night.asOf());
    Identity identity = night.definitions().identity();
    Dataset<Row> orders =
        LatestPerKey.of(versions, "order_key")
            .filter(col("ordered_at").lt(asOf))
            .withColumn("deferred_from_at", deferredFrom(asOf))
            .withColumn("cancelled_at", when(col("cancelled_at").lt(asOf), col("cancelled_at")))
            .withColumn("refunded_amount", refunded(asOf))
            .withColumn("email_hash", PersonKeys.emailHash(col("email"), identity))
            .withColumn("phone_hash", PersonKeys.phoneHash(col("phone"), identity))
            .withColumn("is_valid", isValid());
    return PersonKeys.ofContacts(orders, customers)
        .withColumn("net_amount", col("total_amount").minus(col("refunded_amount")).cast(MONEY))
        .select(core());
  }

  /** The same from rows of this table, of orders whose records have not changed since. */
  public static Dataset<Row> coresOfRows(Dataset<Row> rows) {
    return rows.select(core());
  }

  /**
   * The rows of the table.
   *
   * @param cores all orders of the persons of these orders
   */
  public static Dataset<Row> rows(Dataset<Row> cores) {
    return cores
        .withColumn("previous_ordered_at", max("ordered_at").over(earlierOfThePerson()))
        // To its place behind.
        .select(
            Stream.concat(
                    CORE.stream().filter(name -> !name.equals("deferred_from_at")),
                    Stream.of("previous_ordered_at", "deferred_from_at"))
                .map(name -> col(name))
                .toArray(Column[]::new));
  }

  private static Column[] core() {
    return CORE.stream().map(name -> col(name)).toArray(Column[]::new);
  }

  /** The first cancellation or refund that is not known yet. */
  private static Column deferredFrom(Column asOf) {
    Column refund =
        array_min(
            filter(
                transform(col("refunds"), one -> one.getField("refunded_at")), at -> at.geq(asOf)));
    return least(when(col("cancelled_at").geq(asOf), col("cancelled_at")), refund);
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
