package dev.nightdesk.fact;

import static java.util.concurrent.TimeUnit.MICROSECONDS;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max_by;
import static org.apache.spark.sql.functions.row_number;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.timestamp_micros;
import static org.apache.spark.sql.functions.unix_micros;

import dev.nightdesk.dim.DimCustomer;
import dev.nightdesk.history.TicketHistory;
import dev.nightdesk.logic.Joins;
import dev.nightdesk.logic.PersonKeys;
import dev.nightdesk.logic.Replies;
import dev.nightdesk.table.Definitions;
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
 * {@code fact_conversion}: the valid orders that followed a ticket of the same person, which
 * somebody or a bot had answered before.
 *
 * <p>An order goes to one ticket: of those that were created in the window before it and answered
 * before it, the latest created one.
 */
public final class FactConversion implements Table {

  /** The table's name. */
  public static final String NAME = "fact_conversion";

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public List<String> inputs() {
    return List.of(TicketHistory.NAME, DimCustomer.NAME, FactOrder.NAME);
  }

  @Override
  public Dataset<Row> build(Inputs inputs, Night night) {
    Dataset<Row> tickets = answeredTickets(inputs);
    Dataset<Row> orders =
        inputs
            .get(FactOrder.NAME)
            .filter(col("is_valid").and(col("person_key").isNotNull()))
            .select(
                col("order_key"),
                col("person_key").as("buyer_key"),
                unix_micros(col("ordered_at")).as("ordered_at"),
                col("net_amount").as("revenue_amount"),
                col("currency_code"));
    long window = MICROSECONDS.convert(night.definitions().windows().conversion());
    Column isInWindow =
        col("person_key")
            .equalTo(col("buyer_key"))
            .and(col("ordered_at").gt(col("created_at")))
            .and(col("ordered_at").leq(col("created_at").plus(window)));
    Dataset<Row> candidates =
        Joins.many(
                tickets,
                orders,
                isInWindow,
                "several tickets of a person can precede an order: the latest is chosen below")
            .filter(Replies.areBefore(col("replies"), col("ordered_at")));
    return candidates
        .groupBy("order_key")
        .agg(
            max_by(struct(col("*")), struct(col("created_at"), col("ticket_key")))
                .as("_conversion"))
        .select("_conversion.*")
        .withColumn("_agent_before", Replies.lastAgentBefore(col("replies"), col("ordered_at")))
        .select(
            col("order_key"),
            col("ticket_key"),
            col("person_key"),
            col("type_code"),
            col("channel_code"),
            col("brand_code"),
            col("team_code"),
            timestamp_micros(col("created_at")).as("ticket_created_at"),
            timestamp_micros(col("ordered_at")).as("ordered_at"),
            coalesce(
                    col("_agent_before"),
                    Replies.lastAgent(col("replies")),
                    lit(Definitions.UNASSIGNED))
                .as("agent_key"),
            col("_agent_before").isNull().as("is_automated"),
            row_number().over(ofTicket()).equalTo(1).as("is_first_of_ticket"),
            col("revenue_amount"),
            col("currency_code"));
  }

  private static Dataset<Row> answeredTickets(Inputs inputs) {
    Dataset<Row> tickets =
        inputs
            .get(TicketHistory.NAME)
            .filter(
                col("is_counted")
                    .and(col("direction_code").equalTo("inbound"))
                    .and(col("customer_key").isNotNull()))
            .select(
                col("ticket_key"),
                col("customer_key"),
                col("type_code"),
                col("channel_code"),
                col("brand_code"),
                col("team_code"),
                col("created_at"),
                Replies.ofHistory().as("replies"));
    return PersonKeys.ofCustomerKeys(tickets, inputs.get(DimCustomer.NAME)).drop("customer_key");
  }

  private static WindowSpec ofTicket() {
    return Window.partitionBy("ticket_key").orderBy(col("ordered_at"), col("order_key"));
  }
}
