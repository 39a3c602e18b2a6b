package dev.nightdesk.kpi;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.assertj.core.api.Assertions.assertThat;

import dev.nightdesk.SparkTestBase;
import java.sql.Date;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.junit.jupiter.api.Test;

class ValueWalkTest extends SparkTestBase {

  private static final String VALUES =
      "measure_name string, distinct_value string, day date, month date, agent_key string";

  @Test
  void aValueCountsOncePerPeriodAndMember() {
    Dataset<Row> values =
        rows(
            VALUES,
            value("caller_count", "zoe", "03-02", "ann"),
            value("caller_count", "zoe", "03-02", "ann"),
            value("caller_count", "zoe", "03-03", "ben"),
            value("caller_count", "max", "03-03", "ann"),
            value("buyer_count", "zoe", "03-03", "ann"),
            value("buyer_count", "max", "04-01", null));

    assertThat(texts(counted(values)))
        .containsExactly(
            "day 2026-03-02 agent ann: 1 callers, 0 buyers",
            "day 2026-03-02 all all: 1 callers, 0 buyers",
            "day 2026-03-03 agent ann: 1 callers, 1 buyers",
            "day 2026-03-03 agent ben: 1 callers, 0 buyers",
            "day 2026-03-03 all all: 2 callers, 1 buyers",
            "day 2026-04-01 all all: 0 callers, 1 buyers",
            "month 2026-03-01 agent ann: 2 callers, 1 buyers",
            "month 2026-03-01 agent ben: 1 callers, 0 buyers",
            "month 2026-03-01 all all: 2 callers, 1 buyers",
            "month 2026-04-01 all all: 0 callers, 1 buyers");
  }

  @Test
  void itCountsWhatAnAggregateOfSparkCounts() {
    Random dice = new Random(20260302);
    List<Row> drawn = new ArrayList<>();
    for (int row = 0; row < 3000; row++) {
      drawn.add(
          value(
              dice.nextBoolean() ? "caller_count" : "buyer_count",
              "customer " + dice.nextInt(400),
              "%02d-%02d".formatted(1 + dice.nextInt(3), 1 + dice.nextInt(5)),
              dice.nextInt(4) == 0 ? null : "agent " + dice.nextInt(3)));
    }
    Dataset<Row> values = rows(VALUES, drawn.toArray(Row[]::new)).repartition(5);
    values.createOrReplaceTempView("drawn_value");
    Dataset<Row> expected =
        spark()
            .sql(
                """
                SELECT grain_code, start AS period_start_date, breakdown_code, member_key,
                  count(DISTINCT CASE WHEN measure_name = 'caller_count' THEN distinct_value END)
                    AS caller_count,
                  count(DISTINCT CASE WHEN measure_name = 'buyer_count' THEN distinct_value END)
                    AS buyer_count
                FROM drawn_value
                LATERAL VIEW stack(2, 'day', day, 'month', month) AS grain_code, start
                LATERAL VIEW stack(2, 'all', 'all', 'agent', agent_key)
                  AS breakdown_code, member_key
                WHERE member_key IS NOT NULL
                GROUP BY ALL
                """);

    assertThat(texts(counted(values))).hasSize(72).isEqualTo(texts(expected));
    spark().catalog().dropTempView("drawn_value");
  }

  private static Dataset<Row> counted(Dataset<Row> values) {
    return new ValueWalk(
            List.of("caller_count", "buyer_count"),
            List.of(Grain.DAY, Grain.MONTH),
            List.of(Breakdown.ALL, Breakdown.AGENT))
        .counted(values, List.of(col("day"), col("month")), List.of(lit("all"), col("agent_key")));
  }

  private static Row value(String measure, String value, String day, String agent) {
    return RowFactory.create(
        measure,
        value,
        Date.valueOf("2026-" + day),
        Date.valueOf("2026-" + day.substring(0, 3) + "01"),
        agent);
  }

  private static List<String> texts(Dataset<Row> counted) {
    return counted.collectAsList().stream()
        .map(
            row ->
                "%s %s %s %s: %d callers, %d buyers"
                    .formatted(
                        row.getAs("grain_code"),
                        row.getAs("period_start_date"),
                        row.getAs("breakdown_code"),
                        row.getAs("member_key"),
                        row.<Long>getAs("caller_count"),
                        row.<Long>getAs("buyer_count")))
        .sorted()
        .toList();
  }
}
