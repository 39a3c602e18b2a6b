package dev.nightdesk.fact;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.collect_list;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.unix_micros;

import dev.nightdesk.logic.LatestPerKey;
import dev.nightdesk.logic.WorkStretches;
import dev.nightdesk.logic.WorkStretches.Kind;
import dev.nightdesk.logic.WorkStretches.Stretch;
import dev.nightdesk.logic.WorkStretches.Work;
import dev.nightdesk.table.Inputs;
import dev.nightdesk.table.Night;
import dev.nightdesk.table.Table;
import java.time.ZoneId;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.StructType;

/**
 * {@code fact_agent_shift}: when agents are at work, cut at the reporting zone's midnight; plans
 * lie ahead of as of.
 */
public final class FactAgentShift implements Table {

  private static final StructType STRETCHES =
      StructType.fromDDL(
          "agent_key string, local_date int, started_at bigint, ended_at bigint, kind_code string");

  @Override
  public String name() {
    return "fact_agent_shift";
  }

  @Override
  public List<String> inputs() {
    return List.of("stg_agent_shift");
  }

  @Override
  public Dataset<Row> build(Inputs inputs, Night night) {
    ZoneId zone = night.zone();
    FlatMapFunction<Row, Row> toStretches = agent -> stretches(agent, zone);
    return LatestPerKey.of(inputs.get("stg_agent_shift"), "shift_key")
        .filter(not(col("is_deleted")))
        .groupBy("agent_key")
        .agg(
            collect_list(
                    struct(
                        col("kind_code"),
                        unix_micros(col("started_at")),
                        unix_micros(col("ended_at"))))
                .as("work"))
        .flatMap(toStretches, Encoders.row(STRETCHES))
        .selectExpr(
            "agent_key",
            "date_from_unix_date(local_date) AS local_date",
            "timestamp_micros(started_at) AS started_at",
            "timestamp_micros(ended_at) AS ended_at",
            "kind_code");
  }

  private static Iterator<Row> stretches(Row agent, ZoneId zone) {
    List<Work> work =
        agent.<Row>getList(1).stream()
            .map(
                one ->
                    new Work(
                        Kind.valueOf(one.getString(0).toUpperCase(Locale.ROOT)),
                        one.getLong(1),
                        one.isNullAt(2) ? null : (Long) one.getLong(2)))
            .toList();
    return WorkStretches.of(work, zone).stream()
        .map(stretch -> row(agent.getString(0), stretch))
        .iterator();
  }

  private static Row row(String agentKey, Stretch stretch) {
    return RowFactory.create(
        agentKey,
        (int) stretch.day().toEpochDay(),
        stretch.startedAt(),
        stretch.endedAt(),
        stretch.kind().name().toLowerCase(Locale.ROOT));
  }
}
