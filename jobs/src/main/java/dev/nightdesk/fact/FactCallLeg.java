package dev.nightdesk.fact;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.explode;

import dev.nightdesk.table.Definitions.HandleTime;
import dev.nightdesk.table.Inputs;
import dev.nightdesk.table.Night;
import dev.nightdesk.table.Table;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** {@code fact_call_leg}: agents' parts of answered calls. */
public final class FactCallLeg implements Table {

  @Override
  public String name() {
    return "fact_call_leg";
  }

  @Override
  public List<String> inputs() {
    return Calls.INPUTS;
  }

  @Override
  public Dataset<Row> build(Inputs inputs, Night night) {
    return Calls.of(inputs, night)
        .withColumn("leg", explode(col("legs")))
        .select(
            col("call_key"),
            col("leg.leg_id"),
            col("leg.agent_key"),
            col("ticket_key"),
            col("type_code"),
            col("channel_code"),
            col("brand_code"),
            col("team_code"),
            col("is_counted"),
            col("started_at").as("call_started_at"),
            col("leg.talk_seconds"),
            col("leg.hold_seconds"),
            col("leg.wrap_up_seconds"),
            handleSeconds(night.definitions().handleTime()).as("handle_seconds"));
  }

  private static Column handleSeconds(HandleTime handleTime) {
    Column talkAndHold = col("leg.talk_seconds").plus(col("leg.hold_seconds"));
    return switch (handleTime) {
      case TALK_AND_HOLD -> talkAndHold;
      case TALK_HOLD_AND_WRAP_UP -> talkAndHold.plus(col("leg.wrap_up_seconds"));
    };
  }
}
