package dev.nightdesk.fact;

import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.transform;
import static org.apache.spark.sql.functions.when;

import dev.nightdesk.history.TicketHistory;
import dev.nightdesk.logic.LatestPerKey;
import dev.nightdesk.logic.Projections;
import dev.nightdesk.table.Definitions;
import dev.nightdesk.table.Inputs;
import dev.nightdesk.table.Night;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * The calls that began before as of, with what was known of them then: what the tables of calls
 * share.
 *
 * <p>Those of tickets come from the tickets' histories. Those of no ticket count, by the channel
 * phone; those of a ticket that no dump delivers are kept, but not counted.
 */
final class Calls {

  static final List<String> INPUTS = List.of(TicketHistory.NAME, "stg_call");

  private static final String[] COLUMNS = {
    "call_key",
    "source_code",
    "call_id",
    "ticket_key",
    "customer_key",
    "direction_code",
    "type_code",
    "channel_code",
    "brand_code",
    "team_code",
    "is_counted",
    "started_at",
    "queued_at",
    "answered_at",
    "abandoned_at",
    "ended_at",
    "legs"
  };

  private Calls() {}

  /**
   * One row per call. An answer, an abandonment, an end that is not known yet is null, and a call
   * without a known answer has no legs.
   */
  static Dataset<Row> of(Inputs inputs, Night night) {
    Dataset<Row> ofTickets = Projections.ofEach(inputs.get(TicketHistory.NAME), "calls", COLUMNS);
    Dataset<Row> others =
        LatestPerKey.of(inputs.get("stg_call"), "call_key")
            .join(ofTickets.select("call_key"), new String[] {"call_key"}, "left_anti")
            .withColumn("type_code", lit(Definitions.UNSPECIFIED))
            .withColumn("channel_code", lit("phone"))
            .withColumn("brand_code", lit(Definitions.UNSPECIFIED))
            .withColumn("team_code", lit(Definitions.UNSPECIFIED))
            .withColumn("is_counted", col("ticket_key").isNull())
            .withColumn("legs", withAgents(col("legs")))
            .select(Arrays.stream(COLUMNS).map(name -> col(name)).toArray(Column[]::new));
    Dataset<Row> calls =
        ofTickets.unionByName(others).filter(col("started_at").lt(lit(night.asOf())));
    for (String instant : List.of("queued_at", "answered_at", "abandoned_at", "ended_at")) {
      calls = calls.withColumn(instant, when(col(instant).lt(lit(night.asOf())), col(instant)));
    }
    Column none = array().cast(calls.schema().apply("legs").dataType());
    return calls.withColumn(
        "legs", when(col("answered_at").isNotNull(), coalesce(col("legs"), none)).otherwise(none));
  }

  private static Column withAgents(Column legs) {
    return transform(
        legs,
        leg ->
            struct(
                leg.getField("leg_id").as("leg_id"),
                coalesce(leg.getField("agent_key"), lit(Definitions.UNASSIGNED)).as("agent_key"),
                leg.getField("talk_seconds").as("talk_seconds"),
                leg.getField("hold_seconds").as("hold_seconds"),
                leg.getField("wrap_up_seconds").as("wrap_up_seconds")));
  }
}
