package dev.nightdesk.update;

import static dev.nightdesk.logic.Joins.among;
import static dev.nightdesk.logic.Joins.notAmong;
import static java.util.concurrent.TimeUnit.MICROSECONDS;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.unix_micros;

import dev.nightdesk.fact.FactOrder;
import dev.nightdesk.fact.FactTicket;
import dev.nightdesk.logic.Joins;
import dev.nightdesk.logic.PersonKeys;
import dev.nightdesk.table.Night;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * The persons whose tickets, orders or customers change, and what else is theirs.
 *
 * @param state the night
 * @param keys person_key
 * @param touchedTicketsBefore the rows of fact_ticket of the touched tickets, as published before
 * @param otherTickets the rows of fact_ticket, as published before, of their tickets that are not
 *     touched, and of tickets of nobody that a touched ticket follows up
 */
record AffectedPersons(
    NightState state,
    Dataset<Row> keys,
    Dataset<Row> touchedTicketsBefore,
    Dataset<Row> otherTickets) {

  static AffectedPersons find(
      NightState state,
      Dataset<Row> touched,
      ChangedCustomers changed,
      TouchedOrders orders,
      Customers customers) {
    Dataset<Row> table = state.before(FactTicket.NAME);
    Dataset<Row> before =
        state.keep("touched_ticket_before", state.before(FactTicket.NAME, touched, "ticket_key"));
    Dataset<Row> records = state.staged("stg_ticket", touched, "ticket_key");
    Dataset<Row> followedUp =
        state.keep(
            "followed_up_ticket",
            before
                .select(col("follow_up_of_key").as("ticket_key"))
                .union(records.select(col("follow_up_of_key").as("ticket_key")))
                .filter(col("ticket_key").isNotNull())
                .distinct());
    Dataset<Row> parents =
        notAmong(state.before(FactTicket.NAME, followedUp, "ticket_key"), touched, "ticket_key");
    Dataset<Row> keys =
        state.keep(
            "affected_person",
            before
                .select("person_key")
                .union(parents.select("person_key"))
                .union(customers.persons(records))
                .union(changed.persons())
                .union(orders.persons())
                .filter(col("person_key").isNotNull())
                .distinct());
    Dataset<Row> others =
        notAmong(among(table, keys, "person_key"), touched, "ticket_key")
            .union(parents.filter(col("person_key").isNull()));
    return new AffectedPersons(state, keys, before, state.keep("other_ticket", others));
  }

  /** All tickets that are computed, as published before. */
  Dataset<Row> ticketsBefore() {
    return touchedTicketsBefore.union(otherTickets);
  }

  /** The orders of these persons and the touched ones, as published before. */
  Dataset<Row> ordersBefore(TouchedOrders touched) {
    return among(state.before(FactOrder.NAME), keys, "person_key")
        .union(notAmong(touched.before(), keys, "person_key"));
  }

  /**
   * Of the other tickets those that an order may convert: their replies decide that. ticket_key.
   *
   * @param orders rows of fact_order tonight
   */
  Dataset<Row> ticketsBefore(Dataset<Row> orders, Customers customers, Night night) {
    Dataset<Row> tickets =
        otherTickets
            .filter(col("is_counted").and(col("direction_code").equalTo("inbound")))
            .filter(col("customer_key").isNotNull())
            .select(
                col("ticket_key"), col("customer_key"), unix_micros(col("created_at")).as("from"));
    Dataset<Row> purchases =
        orders
            .filter(col("is_valid").and(col("person_key").isNotNull()))
            .select(
                col("person_key").as("buyer_key"), unix_micros(col("ordered_at")).as("ordered_at"));
    long window = MICROSECONDS.convert(night.definitions().windows().conversion());
    Column isInWindow =
        col("person_key")
            .equalTo(col("buyer_key"))
            .and(col("ordered_at").gt(col("from")))
            .and(col("ordered_at").leq(col("from").plus(window)));
    return Joins.many(
            PersonKeys.ofCustomerKeys(tickets, customers.of(tickets)),
            purchases,
            isInWindow,
            "a person orders several times after a ticket: its key is wanted once")
        .select("ticket_key")
        .distinct();
  }

  /**
   * The rows of fact_ticket tonight of the touched tickets and of the other ones.
   *
   * @param histories of the touched tickets
   * @param conversions rows of fact_conversion tonight of all orders of these persons
   */
  Dataset<Row> ticketRows(
      Dataset<Row> histories, Dataset<Row> conversions, Customers customers, Night night) {
    Dataset<Row> computed = histories.select("ticket_key").union(otherTickets.select("ticket_key"));
    Dataset<Row> old = ticketsBefore().select("ticket_key").union(computed).distinct();
    Dataset<Row> followUps =
        notAmong(
            among(
                state
                    .before(FactTicket.NAME, col("follow_up_of_key").isNotNull())
                    .filter(col("is_counted")),
                computed.select(col("ticket_key").as("follow_up_of_key")),
                "follow_up_of_key"),
            old,
            "ticket_key");
    Dataset<Row> cores =
        state.keep(
            "ticket_core",
            FactTicket.cores(histories)
                .unionByName(FactTicket.coresOfRows(otherTickets.unionByName(followUps))));
    return state.keep(
        "ticket_row",
        among(
            FactTicket.rows(cores, customers.of(cores), conversions, night),
            computed,
            "ticket_key"));
  }
}
