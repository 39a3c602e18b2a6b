package dev.nightdesk.history;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nightdesk.SparkTestBase;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;

class PartsTest extends SparkTestBase {

  private static final String VERSION =
      "timestamp_micros(version) AS version_at, DATE '2021-01-01' AS dt, '' AS content_hash";

  private Dataset<Row> calls() {
    return spark()
        .sql(
            """
            SELECT call_key, array(named_struct('leg_id', 'call', 'agent_key', 'h:1',
                'talk_seconds', 9L, 'hold_seconds', 0L, 'wrap_up_seconds', 0L)) AS legs, %s
            FROM VALUES ('h:1', 1), ('h:1', 2), ('h:2', 1) AS t(call_key, version)
            """
                .formatted(VERSION));
  }

  private Dataset<Row> legs(String values) {
    return spark()
        .sql(
            """
            SELECT call_key, leg_id, 'h:1' AS agent_key, talk AS talk_seconds, 0L AS hold_seconds,
              0L AS wrap_up_seconds, %s
            FROM VALUES %s AS t(call_key, leg_id, talk, version)
            """
                .formatted(VERSION, values));
  }

  private static List<String> talk(Dataset<Row> calls) {
    return calls
        .selectExpr("concat(call_key, ' ', array_join(legs.talk_seconds, ','))")
        .collectAsList()
        .stream()
        .map(row -> row.getString(0))
        .sorted()
        .toList();
  }

  @Test
  void everyVersionOfACallHasTheNewestOfItsLegsAndACallWithoutAnyKeepsItsOwn() {
    Map<String, Dataset<Row>> logs =
        Map.of(
            "stg_call",
            calls(),
            "stg_call_leg",
            legs(
                "('h:1', 'b', 5L, 1), ('h:1', 'a', 4L, 2), ('h:1', 'a', 3L, 1), ('h:9', 'a', 1L,"
                    + " 1)"));
    assertThat(talk(Parts.staged("stg_call", logs::get)))
        .containsExactly("h:1 4,5", "h:1 4,5", "h:2 9");
  }

  @Test
  void aCallArrivesWithItsLegs() {
    Dataset<Row> legs = legs("('h:1', 'b', 5L, 1)");
    Map<String, Dataset<Row>> logs = Map.of("stg_call", calls(), "stg_call_leg", legs);
    Map<String, Dataset<Row>> arrived = Map.of("stg_call", calls().limit(0), "stg_call_leg", legs);
    assertThat(talk(Parts.arrived("stg_call", logs::get, arrived::get)))
        .containsExactly("h:1 5", "h:1 5");
  }
}
