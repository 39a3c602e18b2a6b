package dev.nightdesk.fact;

import static org.apache.spark.sql.functions.aggregate;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.unix_micros;

import dev.nightdesk.table.Inputs;
import dev.nightdesk.table.Night;
import dev.nightdesk.table.Table;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** {@code fact_call}: calls, how long the caller waited and how it ended. */
public final class FactCall implements Table {

  @Override
  public String name() {
    return "fact_call";
  }

  @Override
  public List<String> inputs() {
    return Calls.INPUTS;
  }

  @Override
  public Dataset<Row> build(Inputs inputs, Night night) {
    Column isAnswered = col("answered_at").isNotNull();
    return Calls.of(inputs, night)
        .withColumn("wait_seconds", waitSeconds())
        .withColumn("is_answered", isAnswered)
        .withColumn(
            "is_abandoned",
            col("queued_at")
                .isNotNull()
                .and(col("abandoned_at").isNotNull())
                .and(col("answered_at").isNull()))
        .withColumn("talk_seconds", sumOfLegs("talk_seconds"))
        .withColumn("hold_seconds", sumOfLegs("hold_seconds"))
        .withColumn("wrap_up_seconds", sumOfLegs("wrap_up_seconds"))
        .select(
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
            "wait_seconds",
            "is_answered",
            "is_abandoned",
            "talk_seconds",
            "hold_seconds",
            "wrap_up_seconds");
  }

  /** From the queue, else the start, to the answer, else the abandonment; whole seconds, down. */
  private static Column waitSeconds() {
    Column from = unix_micros(coalesce(col("queued_at"), col("started_at")));
    Column to = unix_micros(coalesce(col("answered_at"), col("abandoned_at")));
    return to.minus(from).divide(lit(1_000_000L)).cast("bigint");
  }

  private static Column sumOfLegs(String seconds) {
    return aggregate(col("legs"), lit(0L), (sum, leg) -> sum.plus(leg.getField(seconds)));
  }
}
