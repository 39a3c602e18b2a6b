package dev.nightdesk.fact;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.concat;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.min;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.timestamp_micros;
import static org.apache.spark.sql.functions.unix_micros;
import static org.apache.spark.sql.functions.when;

import dev.nightdesk.dim.DimCustomer;
import dev.nightdesk.history.TicketHistory;
import dev.nightdesk.logic.LatestPerKey;
import dev.nightdesk.logic.PersonKeys;
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
 * {@code fact_self_service_session}: visits of the help centre that began before as of, and when
 * the visitor wrote all the same.
 */
public final class FactSelfServiceSession implements Table {

  @Override
  public String name() {
    return "fact_self_service_session";
  }

  @Override
  public List<String> inputs() {
    return List.of("stg_self_service_session", TicketHistory.NAME, DimCustomer.NAME);
  }

  @Override
  public Dataset<Row> build(Inputs inputs, Night night) {
    Column asOf = lit(night.asOf());
    Dataset<Row> sessions =
        LatestPerKey.of(inputs.get("stg_self_service_session"), "session_key")
            .filter(col("started_at").lt(asOf))
            .withColumn("ended_at", when(col("ended_at").lt(asOf), col("ended_at")));
    Dataset<Row> questions =
        PersonKeys.ofCustomerKeys(sessions, inputs.get(DimCustomer.NAME))
            .select(
                // An anonymous session is a list of its own.
                coalesce(
                        concat(lit("person "), col("person_key")),
                        concat(lit("session "), col("session_key")))
                    .as("list"),
                unix_micros(col("started_at")).as("at"),
                lit(null).cast("bigint").as("contact_at"),
                struct(col("*")).as("session"));
    Dataset<Row> tickets =
        inputs
            .get(TicketHistory.NAME)
            .filter(
                col("is_counted")
                    .and(col("direction_code").equalTo("inbound"))
                    .and(col("customer_key").isNotNull()))
            .select("customer_key", "created_at");
    Dataset<Row> contacts =
        PersonKeys.ofCustomerKeys(tickets, inputs.get(DimCustomer.NAME))
            .select(
                concat(lit("person "), col("person_key")).as("list"),
                col("created_at").as("at"),
                col("created_at").as("contact_at"),
                lit(null).cast(questions.schema().apply("session").dataType()).as("session"));
    // Latest first, and a ticket of the very instant counts: rows of equal instants are one range.
    WindowSpec fromThenOn =
        Window.partitionBy("list")
            .orderBy(col("at").desc())
            .rangeBetween(Window.unboundedPreceding(), Window.currentRow());
    return questions
        .union(contacts)
        .withColumn("next_inbound_at", timestamp_micros(min("contact_at").over(fromThenOn)))
        .filter(col("session").isNotNull())
        .select(
            col("session.session_key"),
            col("session.source_code"),
            col("session.session_id"),
            col("session.customer_key"),
            col("session.person_key"),
            col("session.started_at"),
            col("session.ended_at"),
            col("session.article_view_count"),
            col("next_inbound_at"));
  }
}
