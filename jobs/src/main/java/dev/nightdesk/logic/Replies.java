package dev.nightdesk.logic;

import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.array_max;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.concat;
import static org.apache.spark.sql.functions.exists;
import static org.apache.spark.sql.functions.filter;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.transform;
import static org.apache.spark.sql.functions.when;

import dev.nightdesk.table.Definitions;
import org.apache.spark.sql.Column;

/**
 * Who answered a ticket, and when: the public messages of agents and bots from its creation on, and
 * its first human reply, which can be an answered call.
 */
public final class Replies {

  private Replies() {}

  /**
   * The replies of a ticket's history: an array of (at: microseconds, position: order among those
   * of an instant, is_agent, agent_key: of a bot's reply the bot). Never null.
   *
   * <p>Reads the history's columns messages, created_at, first_replied_at, first_replied_by_key.
   */
  public static Column ofHistory() {
    Column written =
        filter(
            col("messages"),
            message ->
                message
                    .getField("is_public")
                    .and(message.getField("author_class_code").isin("agent", "bot"))
                    .and(message.getField("sent_at").geq(col("created_at"))));
    Column replies =
        transform(
            written,
            (message, position) ->
                reply(
                    message.getField("sent_at"),
                    position,
                    message.getField("author_class_code").equalTo("agent"),
                    message.getField("author_key")));
    // Before the messages of its instant: if it is one of them, that one stays the later.
    Column first = reply(col("first_replied_at"), lit(-1), lit(true), col("first_replied_by_key"));
    return when(col("first_replied_at").isNull(), replies).otherwise(concat(replies, array(first)));
  }

  private static Column reply(Column at, Column position, Column isAgent, Column agentKey) {
    return struct(
        at.as("at"),
        position.as("position"),
        isAgent.as("is_agent"),
        coalesce(agentKey, lit(Definitions.UNASSIGNED)).as("agent_key"));
  }

  /** Whether an agent or bot replied strictly before an instant in microseconds. */
  public static Column areBefore(Column replies, Column instant) {
    return exists(replies, reply -> reply.getField("at").lt(instant));
  }

  /** The agent of the last human reply strictly before an instant in microseconds; null: none. */
  public static Column lastAgentBefore(Column replies, Column instant) {
    return lastAgent(filter(replies, reply -> reply.getField("at").lt(instant)));
  }

  /** The agent of the last human reply; null: none. */
  public static Column lastAgent(Column replies) {
    return array_max(filter(replies, reply -> reply.getField("is_agent"))).getField("agent_key");
  }
}
