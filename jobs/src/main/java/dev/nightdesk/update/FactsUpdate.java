package dev.nightdesk.update;

import static dev.nightdesk.logic.Joins.among;

import dev.nightdesk.dim.DimCustomer;
import dev.nightdesk.fact.FactConversion;
import dev.nightdesk.fact.FactOrder;
import dev.nightdesk.fact.FactTicket;
import dev.nightdesk.history.TicketHistory;
import dev.nightdesk.table.Inputs;
import dev.nightdesk.table.Night;
import dev.nightdesk.table.Replacement;
import dev.nightdesk.table.Table;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Brings dims and facts from one night to the next, so that they are what computing them whole
 * would give.
 *
 * <p>Touched tickets are read again from their staged records. What the other tickets of the same
 * persons owe to them (the next contact, a conversion) is computed from their rows as published;
 * only tickets that an order of these persons can follow are read again, for their replies.
 */
public final class FactsUpdate {

  /** Of all tickets: if more are touched, reading all is cheaper. */
  private static final double LARGEST_SHARE = 0.1;

  /** So many are read in seconds, whatever share they are. */
  private static final long FEW = 10_000;

  private static final String TICKET_KEY = "ticket_key";
  private static final String[] TICKET_KEYS = {"ticket_created_date", TICKET_KEY};

  private final NightState state;
  private final Passage passage;
  private final Night night;

  /**
   * An update.
   *
   * @param before the night of the tables as published before
   * @param night tonight, by the same definitions
   * @throws IllegalArgumentException if tonight's as of is before that of the night before
   */
  public FactsUpdate(NightState state, Night before, Night night) {
    this.state = state;
    this.passage = new Passage(before.asOf(), night.asOf());
    this.night = night;
  }

  /**
   * Updates every dim and fact, unless computing all is needed or cheaper; in that case nothing is
   * changed.
   *
   * @return in words why all facts must be computed whole; empty: the tables are up to date, and
   *     {@link TouchedUnits#NAME} is kept
   */
  public Optional<String> run() {
    ChangedRules rules = ChangedRules.of(state);
    if (rules.reasonForAll().isPresent()) {
      return rules.reasonForAll();
    }
    TicketRecordTables records = TicketRecordTables.find(state, passage);
    TouchedTickets touching = new TouchedTickets(state, passage);
    Dataset<Row> touched = touching.find(records.all(), rules.agents());
    Optional<String> tooMany = tooMany(touched);
    if (tooMany.isPresent()) {
      return tooMany;
    }
    update(records, touching, touched);
    return Optional.empty();
  }

  private Optional<String> tooMany(Dataset<Row> touched) {
    long count = touched.count();
    if (count <= FEW) {
      return Optional.empty();
    }
    long all = state.before(FactTicket.NAME).count();
    return count > LARGEST_SHARE * all
        ? Optional.of("%d of %d tickets are touched".formatted(count, all))
        : Optional.empty();
  }

  private void update(TicketRecordTables records, TouchedTickets touching, Dataset<Row> touched) {
    TouchedUnits units = new TouchedUnits(state, passage);
    ChangedCustomers changedCustomers = ChangedCustomers.update(state, night);
    Customers customers = new Customers(state.tonight(DimCustomer.NAME));
    TouchedOrders touchedOrders =
        TouchedOrders.find(state, passage, night, changedCustomers, customers);
    AffectedPersons persons =
        AffectedPersons.find(state, touched, changedCustomers, touchedOrders, customers);

    Dataset<Row> oldOrders = persons.ordersBefore(touchedOrders);
    Dataset<Row> orders =
        state.keep("order_row", touchedOrders.rowsOf(persons.keys(), state.before(FactOrder.NAME)));
    Dataset<Row> changedOrders =
        state.keep("changed_order", Differences.keys(oldOrders, orders, "order_key"));

    Dataset<Row> read =
        state.keep(
            "read_ticket",
            touching.withMerged(
                touched.union(persons.ticketsBefore(orders, customers, night)).distinct()));
    Dataset<Row> histories = histories(read, records);
    Dataset<Row> conversions =
        state.keep(
            "conversion_row",
            build(
                new FactConversion(),
                Map.of(
                    TicketHistory.NAME, histories,
                    DimCustomer.NAME, customers.of(histories),
                    FactOrder.NAME, orders)));
    Dataset<Row> oldConversions =
        among(
            state.before(FactConversion.NAME),
            oldOrders.select("order_key").union(orders.select("order_key")).distinct(),
            "order_key");
    Dataset<Row> changedConversions =
        state.keep(
            "changed_conversion", Differences.keys(oldConversions, conversions, "order_key"));

    Dataset<Row> ofTouched = among(histories, touched, TICKET_KEY);
    Dataset<Row> tickets = persons.ticketRows(ofTouched, conversions, customers, night);
    Dataset<Row> changedTickets =
        state.keep(
            "changed_ticket", Differences.keys(persons.ticketsBefore(), tickets, TICKET_KEYS));

    Map<String, Replacement> changes = new LinkedHashMap<>();
    changes.put(FactTicket.NAME, replacement(changedTickets, tickets, TICKET_KEYS));
    changes.put(FactOrder.NAME, replacement(changedOrders, orders, "order_key"));
    changes.put(FactConversion.NAME, replacement(changedConversions, conversions, "order_key"));
    TicketRowTables.changes(state, night, ofTouched, persons.touchedTicketsBefore(), changes);
    units.add(TICKET_KEY, touched);
    units.add(TICKET_KEY, changedTickets);
    units.add("order_key", changedOrders);
    units.add("order_key", changedConversions);
    records.changes(night, touched, ofTouched, changes, units);
    new OtherRecords(state, passage, night).changes(changes, units);
    state.replace(changes);

    new Visits(state, passage, night, customers).update(persons.keys(), units);
    Dims.update(state, night);
    units.keep();
  }

  private Dataset<Row> histories(Dataset<Row> tickets, TicketRecordTables records) {
    Map<String, Dataset<Row>> inputs = new HashMap<>(records.newest(tickets));
    for (String table : StagedOfTickets.TABLES) {
      inputs.put(table, state.staged(table, tickets, TICKET_KEY));
    }
    for (String table : List.of("stg_agent", "stg_customer", "stg_schedule", "stg_sla_policy")) {
      inputs.put(table, state.staged(table));
    }
    return state.keep(TicketHistory.NAME, build(new TicketHistory(), inputs));
  }

  private Dataset<Row> build(Table table, Map<String, Dataset<Row>> inputs) {
    return table.build(Inputs.of(table, inputs), night);
  }

  static Replacement replacement(Dataset<Row> keys, Dataset<Row> rows, String... key) {
    return new Replacement(List.of(key), keys, among(rows, keys, key));
  }
}
