package dev.nightdesk.update;

import static dev.nightdesk.logic.Joins.among;
import static org.apache.spark.sql.functions.broadcast;
import static org.apache.spark.sql.functions.col;

import dev.nightdesk.logic.LatestPerKey;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * The records of one staged table that may say something else tonight than before: those of files
 * that came or went, and those that lay ahead.
 *
 * @param state the night
 * @param table the staged table
 * @param key the column that names a record
 * @param keys one row per record, with the column {@code key}
 */
record MovedRecords(NightState state, String table, String key, Dataset<Row> keys) {

  /**
   * The records that arrived, or became known by time.
   *
   * @param instants the columns whose instants can lie ahead; none: it does not matter
   */
  static MovedRecords of(
      NightState state, Passage passage, String table, String key, String... instants) {
    Dataset<Row> keys = state.arrived(table).select(key);
    if (instants.length > 0) {
      keys = keys.union(state.staged(table).filter(passage.makesRecordKnown(instants)).select(key));
    }
    return new MovedRecords(state, table, key, state.keep("moved_" + table, keys.distinct()));
  }

  /** All versions of these records that count tonight. */
  Dataset<Row> versions() {
    return state.staged(table, keys, key);
  }

  /** Every ticket that any version of these records names, before or tonight: ticket_key. */
  Dataset<Row> tickets() {
    return versions()
        .select("ticket_key")
        .union(state.arrived(table).select("ticket_key"))
        .filter(col("ticket_key").isNotNull());
  }

  /**
   * The newest versions of these records and of those that any version gives to some tickets,
   * without those whose newest version gives them to another ticket.
   *
   * @param tickets ticket_key; every ticket that these records name is one of them
   */
  Dataset<Row> newest(Dataset<Row> tickets) {
    Dataset<Row> ofTickets = state.staged(table, tickets, "ticket_key").select(key);
    Dataset<Row> all = keys.union(ofTickets).distinct();
    Dataset<Row> newest = LatestPerKey.of(among(state.staged(table), all, key), key);
    return state.keep("newest_" + table, ofTicketsOrNone(newest, tickets));
  }

  /** The rows of some tickets, and those of no ticket. */
  static Dataset<Row> ofTicketsOrNone(Dataset<Row> rows, Dataset<Row> tickets) {
    Column isOfTickets = col("_ticket_key").isNotNull().or(col("ticket_key").isNull());
    return rows.join(
            broadcast(tickets.select(col("ticket_key").as("_ticket_key")).distinct()),
            col("ticket_key").equalTo(col("_ticket_key")),
            "left")
        .filter(isOfTickets)
        .drop("_ticket_key");
  }
}
