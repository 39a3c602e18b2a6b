package dev.nightdesk.dim;

import static org.apache.spark.sql.functions.array_max;
import static org.apache.spark.sql.functions.bool_and;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.explode;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.filter;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.size;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.substring_index;
import static org.apache.spark.sql.functions.transform;
import static org.apache.spark.sql.functions.when;

import dev.nightdesk.history.TicketHistory;
import dev.nightdesk.logic.LatestPerKey;
import dev.nightdesk.table.Definitions;
import dev.nightdesk.table.Inputs;
import dev.nightdesk.table.Night;
import dev.nightdesk.table.Table;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * {@code dim_agent}: the agents and bots of the dumps, those whom only tickets, calls and shifts
 * name, and {@code unassigned}.
 *
 * <p>Every agent key of a fact is here, so nobody's numbers get lost.
 */
public final class DimAgent implements Table {

  @Override
  public String name() {
    return "dim_agent";
  }

  @Override
  public List<String> inputs() {
    return List.of("stg_agent", "stg_agent_shift", "stg_call", TicketHistory.NAME);
  }

  @Override
  public Dataset<Row> build(Inputs inputs, Night night) {
    Dataset<Row> known =
        LatestPerKey.of(inputs.get("stg_agent"), "agent_key")
            .select(
                col("agent_key"),
                col("source_code"),
                col("agent_id"),
                coalesce(col("agent_name"), col("agent_id")).as("agent_name"),
                role(night).as("role_code"),
                col("team_code"),
                col("left_at"),
                lit(true).as("is_known"));
    Column nothing = lit(null).cast("string");
    Dataset<Row> named =
        namedAsAgents(inputs, night)
            .withColumn("is_bot", lit(false))
            .union(
                inputs
                    .get(TicketHistory.NAME)
                    .select(explode(col("bot_keys")).as("agent_key"), lit(true).as("is_bot")))
            .groupBy("agent_key")
            // Whoever is named as an agent anywhere is none of the bots.
            .agg(bool_and(col("is_bot")).as("is_bot"))
            .select(
                col("agent_key"),
                substring_index(col("agent_key"), ":", 1).as("source_code"),
                expr("substr(agent_key, instr(agent_key, ':') + 1)").as("agent_id"),
                expr("substr(agent_key, instr(agent_key, ':') + 1)").as("agent_name"),
                when(isBot(night).or(col("is_bot")), "bot").otherwise("agent").as("role_code"),
                nothing.as("team_code"),
                lit(null).cast("timestamp").as("left_at"),
                lit(false).as("is_known"));
    // A literal row, made from an aggregate without rows because a table has no session to make one
    // with.
    Dataset<Row> unassigned =
        inputs
            .get("stg_agent")
            .limit(0)
            .agg(max("agent_key"))
            .select(
                lit(Definitions.UNASSIGNED).as("agent_key"),
                nothing.as("source_code"),
                nothing.as("agent_id"),
                lit(Definitions.UNASSIGNED).as("agent_name"),
                lit("nobody").as("role_code"),
                nothing.as("team_code"),
                lit(null).cast("timestamp").as("left_at"),
                lit(true).as("is_known"));
    return known
        .union(named.join(known.select("agent_key"), new String[] {"agent_key"}, "left_anti"))
        .union(unassigned);
  }

  /** The agents whom tickets, shifts that are not deleted, and answered calls name. */
  private static Dataset<Row> namedAsAgents(Inputs inputs, Night night) {
    Dataset<Row> ofTickets =
        inputs.get(TicketHistory.NAME).select(explode(col("agent_keys")).as("agent_key"));
    Dataset<Row> ofShifts =
        LatestPerKey.of(
                versions(inputs.get("stg_agent_shift"), "shift_key", "is_deleted", "agent_key"),
                "shift_key")
            .filter(not(col("is_deleted")))
            .select("agent_key");
    Dataset<Row> ofCalls =
        LatestPerKey.of(
                versions(inputs.get("stg_call"), "call_key", "answered_at", "legs.agent_key"),
                "call_key")
            .filter(col("answered_at").lt(lit(night.asOf())))
            .select(explode(col("agent_key")).as("agent_key"))
            .filter(col("agent_key").isNotNull());
    return ofTickets.union(ofShifts).union(ofCalls);
  }

  /** The versions of records, with what is asked of them only: there are many calls. */
  private static Dataset<Row> versions(Dataset<Row> records, String... columns) {
    return records.select(
        Stream.concat(Stream.of("version_at", "dt", "content_hash"), Arrays.stream(columns))
            .map(name -> col(name))
            .toArray(Column[]::new));
  }

  /**
   * The role as of the night: of those that have begun the latest; an agent without roles always
   * was one.
   */
  private static Column role(Night night) {
    Column begun =
        filter(
            col("roles"),
            role ->
                role.getField("valid_from")
                    .isNull()
                    .or(role.getField("valid_from").lt(lit(night.asOf()))));
    // Nulls are smallest: a role from the beginning is the oldest.
    Column latest =
        array_max(
                transform(
                    begun, role -> struct(role.getField("valid_from"), role.getField("role_code"))))
            .getField("role_code");
    return when(isBot(night), "bot")
        .when(col("current_role_code").isNotNull(), col("current_role_code"))
        .when(col("roles").isNull().or(size(col("roles")).equalTo(0)), "agent")
        .otherwise(coalesce(latest, lit("customer")));
  }

  private static Column isBot(Night night) {
    return col("agent_key").isin(night.definitions().botKeys().toArray());
  }
}
