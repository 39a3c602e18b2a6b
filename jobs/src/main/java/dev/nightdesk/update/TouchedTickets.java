package dev.nightdesk.update;

import static org.apache.spark.sql.functions.col;

import dev.nightdesk.fact.FactTicket;
import java.util.List;
import java.util.Set;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * The tickets whose histories may read otherwise tonight: a superset, for a ticket that is read
 * again without need reads the same.
 */
final class TouchedTickets {

  private final NightState state;
  private final Passage passage;

  /** Every merge that any record tells: ticket_key, other_key. */
  private final Dataset<Row> merges;

  TouchedTickets(NightState state, Passage passage) {
    this.state = state;
    this.passage = passage;
    this.merges =
        state.keep(
            "merge",
            MergeComponents.merges(state.staged("stg_ticket"), state.staged("stg_ticket_event"))
                .union(
                    MergeComponents.merges(
                        state.arrived("stg_ticket"), state.arrived("stg_ticket_event"))));
  }

  /**
   * The tickets touched by what arrived, by the passing of time and by changed roles, with all that
   * are merged with them: ticket_key.
   *
   * @param records of the tables whose records can be given to another ticket
   * @param agents those whose roles changed
   */
  Dataset<Row> find(List<MovedRecords> records, Set<String> agents) {
    Dataset<Row> touched = deferred().union(mergedByTime());
    for (String table : StagedOfTickets.TABLES) {
      touched = touched.union(state.arrived(table).select("ticket_key"));
    }
    for (MovedRecords moved : records) {
      touched = touched.union(moved.tickets());
    }
    if (!agents.isEmpty()) {
      touched = touched.union(naming(agents));
    }
    return state.keep("touched_ticket", withMerged(touched.distinct()));
  }

  /** These tickets and all that are merged with them: ticket_key. */
  Dataset<Row> withMerged(Dataset<Row> tickets) {
    return MergeComponents.of(tickets, merges);
  }

  /** Tickets with an entry that lay ahead. */
  private Dataset<Row> deferred() {
    return state
        .before(FactTicket.NAME, passage.makesKnown(col("deferred_from_at")))
        .select("ticket_key");
  }

  /**
   * Tickets whose merge lay ahead. A ticket of the tables knows that itself, but one that no dump
   * delivers is not there, and its messages go to the survivor all the same.
   */
  private Dataset<Row> mergedByTime() {
    Column isMerge = col("event_type_code").equalTo("merge");
    return state
        .staged("stg_ticket_event")
        .filter(isMerge.and(passage.makesRecordKnown("occurred_at")))
        .select("ticket_key");
  }

  /** Tickets in which the role of one of these people decides something. */
  private Dataset<Row> naming(Set<String> agents) {
    Object[] keys = agents.toArray();
    Column isGiven = col("event_type_code").equalTo("assignee").and(col("new_value").isin(keys));
    return state
        .staged("stg_message")
        .filter(col("author_key").isin(keys))
        .select("ticket_key")
        .union(
            state
                .staged("stg_ticket_event")
                .filter(col("actor_key").isin(keys).or(isGiven))
                .select("ticket_key"))
        .union(
            state.staged("stg_ticket").filter(col("opener_key").isin(keys)).select("ticket_key"));
  }
}
