package dev.nightdesk.history;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.from_utc_timestamp;
import static org.apache.spark.sql.functions.timestamp_micros;
import static org.apache.spark.sql.functions.to_date;

import dev.nightdesk.logic.BusinessTime;
import dev.nightdesk.logic.LatestPerKey;
import dev.nightdesk.logic.Micros;
import dev.nightdesk.logic.Reconciliation;
import dev.nightdesk.logic.TicketFacts;
import dev.nightdesk.logic.TicketMachine;
import dev.nightdesk.logic.TicketRecords;
import dev.nightdesk.table.Inputs;
import dev.nightdesk.table.Night;
import dev.nightdesk.table.Table;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;

/**
 * {@code ticket_history}: one row per ticket with all that the fact tables say of it. Not
 * published.
 *
 * <p>All staged rows of a ticket meet in one shuffle of narrow rows; a task then holds one ticket
 * at a time, lets the newest version of each record win, sorts, and reads it once. Messages, calls
 * and uses of macros of a ticket merged away go to the survivor before the shuffle. Surveys, calls
 * and uses of macros can be given to another ticket: of these the newest version wins before the
 * shuffle, so that none is on two tickets. Records without a ticket row give nothing.
 *
 * <p>Instants ({@code _at}) are microseconds here; {@link #build} is read by several tables, so
 * whoever runs them keeps its result.
 */
public final class TicketHistory implements Table {

  /** The table's name. */
  public static final String NAME = "ticket_history";

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public List<String> inputs() {
    return List.of(
        "stg_ticket",
        "stg_ticket_event",
        "stg_message",
        "stg_survey",
        "stg_call",
        "stg_macro_use",
        "stg_sla_event",
        "stg_vendor_metric",
        "stg_agent",
        "stg_customer",
        "stg_schedule",
        "stg_sla_policy");
  }

  @Override
  public Dataset<Row> build(Inputs inputs, Night night) {
    long asOf = Micros.of(night.asOf());
    Rulebook rulebook =
        new Rulebook(
            RoleHistories.of(inputs.get("stg_agent"), inputs.get("stg_customer")),
            inputs.collect("stg_schedule"),
            inputs.collect("stg_sla_policy"),
            night.definitions());
    Dataset<Row> tickets = inputs.get("stg_ticket");
    Dataset<Row> events = inputs.get("stg_ticket_event");
    Dataset<Row> survivors = Survivors.of(tickets, events, asOf);
    MapPartitionsFunction<Row, Row> readTickets = rows -> new Reading(rows, rulebook, asOf);
    return StagedRows.ofTickets(tickets)
        .union(StagedRows.ofChanges(events))
        .union(StagedRows.ofMessages(inputs.get("stg_message"), survivors))
        .union(StagedRows.ofSurveys(LatestPerKey.of(inputs.get("stg_survey"), "survey_key")))
        .union(StagedRows.ofCalls(LatestPerKey.of(inputs.get("stg_call"), "call_key"), survivors))
        .union(
            StagedRows.ofMacroUses(
                LatestPerKey.of(inputs.get("stg_macro_use"), "macro_use_key"), survivors))
        .union(StagedRows.ofSlaEvents(inputs.get("stg_sla_event")))
        .union(StagedRows.ofVendorMetrics(inputs.get("stg_vendor_metric")))
        .repartition(col("ticket_key"))
        .sortWithinPartitions("ticket_key")
        .mapPartitions(readTickets, Encoders.row(HistoryRow.SCHEMA))
        .withColumn("ticket_created_date", localDay(col("created_at"), night));
  }

  private static Column localDay(Column micros, Night night) {
    return to_date(from_utc_timestamp(timestamp_micros(micros), night.zone().getId()));
  }

  /** Walks through rows sorted by ticket and gives one row per ticket. */
  private static final class Reading implements Iterator<Row> {

    private final Iterator<Row> rows;
    private final Rulebook rulebook;
    private final TicketReader reader;
    private final TicketMachine machine;
    private final long asOf;
    private Row ahead;
    private Row next;

    Reading(Iterator<Row> rows, Rulebook rulebook, long asOf) {
      this.rows = rows;
      this.rulebook = rulebook;
      this.reader = new TicketReader(rulebook.roles());
      this.machine = new TicketMachine(rulebook.roles(), asOf);
      this.asOf = asOf;
      this.ahead = rows.hasNext() ? rows.next() : null;
    }

    @Override
    public boolean hasNext() {
      while (next == null && ahead != null) {
        next = readTicket();
      }
      return next != null;
    }

    @Override
    public Row next() {
      if (!hasNext()) {
        throw new NoSuchElementException("all tickets of the partition are read");
      }
      Row row = next;
      next = null;
      return row;
    }

    /** Null for records without a ticket row. */
    private Row readTicket() {
      String ticketKey = ahead.getString(0);
      List<Row> own = new ArrayList<>();
      while (ahead != null && ahead.getString(0).equals(ticketKey)) {
        own.add(ahead);
        ahead = rows.hasNext() ? rows.next() : null;
      }
      TicketRecords records = reader.read(ticketKey, own);
      if (records == null) {
        return null;
      }
      BusinessTime businessTime = rulebook.businessTime(records.header());
      TicketFacts facts = machine.read(records, rulebook.policies(records.header()), businessTime);
      return HistoryRow.of(
          facts, Reconciliation.of(facts, records.vendorMetrics(), businessTime, asOf));
    }
  }
}
