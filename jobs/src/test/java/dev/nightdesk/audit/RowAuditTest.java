package dev.nightdesk.audit;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.xxhash64;
import static org.assertj.core.api.Assertions.assertThat;

import dev.nightdesk.SparkTestBase;
import dev.nightdesk.contract.Catalogue;
import dev.nightdesk.contract.Contracts;
import dev.nightdesk.contract.TableContract;
import dev.nightdesk.io.OnePartition;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.junit.jupiter.api.Test;

class RowAuditTest extends SparkTestBase {

  private static final TableContract DOORS =
      contract(
          """
          table: dim_door
          layer: dim
          grain: A door.
          key: [door_key]
          owner: porter
          columns:
            - {name: door_key, type: string, required: true, description: The door.}
          """);

  private static final TableContract VISITS =
      contract(
          """
          table: fact_visit
          layer: fact
          grain: A visit.
          key: [visit_key]
          owner: porter
          columns:
            - {name: visit_key, type: string, required: true, description: The visit.}
            - {name: door_key, type: string, references: dim_door.door_key, references_where: is_counted, description: The door.}
            - {name: is_counted, type: boolean, required: true, description: Counts.}
            - {name: kind_code, type: string, codes: [guest, post], description: Who.}
            - {name: came_at, type: bigint, description: In.}
            - {name: went_at, type: bigint, not_before: came_at, description: Out.}
            - {name: stay_seconds, type: bigint, description: How long.}
            - {name: smile_ratio, type: double, description: How often.}
            - {name: growth_ratio, type: double, unbounded: true, description: How much more.}
          """);

  private static final int COUNTED = 70;

  /** More promises than are judged beside keys. */
  private static final TableContract WEEKS =
      contract(
          """
          table: fact_week
          layer: fact
          grain: A week of a door.
          key: [door_key, week_key]
          owner: porter
          columns:
            - {name: door_key, type: string, description: The door.}
            - {name: week_key, type: string, description: The week.}
          """
              + IntStream.range(0, COUNTED)
                  .mapToObj(
                      "  - {name: a%d_count, type: bigint, description: How many.}%n"::formatted)
                  .collect(Collectors.joining()));

  private static TableContract contract(String yaml) {
    return Contracts.parse("a test", Catalogue.parseYaml("a test", yaml));
  }

  private static Row visit(Object... values) {
    return RowFactory.create(values);
  }

  private static final Row GOOD = visit("v1", "front", true, "guest", 1L, 2L, 0L, 1.0, 7.0);

  private static List<String> broken(Row... visits) {
    return results(visits).stream()
        .filter(result -> !result.isPassed())
        .map(AuditResult::text)
        .toList();
  }

  /** A week of which only one column is known. */
  private static Row week(String door, String week, int column, long count) {
    Object[] values = new Object[2 + COUNTED];
    values[0] = door;
    values[1] = week;
    values[2 + column] = count;
    return RowFactory.create(values);
  }

  private static List<String> brokenWeeks(Row... weeks) {
    String ddl =
        "door_key string, week_key string, "
            + IntStream.range(0, COUNTED)
                .mapToObj("a%d_count bigint"::formatted)
                .collect(Collectors.joining(", "));
    return rowResults(WEEKS, Map.of("fact_week", rows(ddl, weeks))).stream()
        .filter(result -> !result.isPassed())
        .map(AuditResult::text)
        .toList();
  }

  /** What is said of a small night, and is the same of a large one. */
  private static List<AuditResult> rowResults(TableContract table, Map<String, Dataset<Row>> rows) {
    List<AuditResult> ofSmall = new RowAudit(tables(table, rows, true)).results();
    spark().conf().set("spark.sql.shuffle.partitions", 3);
    OnePartition.use(spark(), false);
    try {
      Map<String, Dataset<Row>> apart = new LinkedHashMap<>();
      rows.forEach((name, of) -> apart.put(name, apart(of)));
      assertThat(new RowAudit(tables(table, apart, false)).results()).isEqualTo(ofSmall);
    } finally {
      OnePartition.use(spark(), true);
      spark().conf().set("spark.sql.shuffle.partitions", 1);
    }
    return ofSmall;
  }

  /** Every row in a partition of its own. */
  private static Dataset<Row> apart(Dataset<Row> rows) {
    List<Row> all = rows.collectAsList();
    return spark()
        .createDataFrame(
            JavaSparkContext.fromSparkContext(spark().sparkContext()).parallelize(all, all.size()),
            rows.schema());
  }

  private static AuditedTables tables(
      TableContract changed, Map<String, Dataset<Row>> rows, boolean areSmall) {
    return new AuditedTables() {
      @Override
      public boolean areSmall() {
        return areSmall;
      }

      @Override
      public List<TableContract> changed() {
        return List.of(changed);
      }

      @Override
      public Dataset<Row> written(TableContract table) {
        return rows.get(table.table());
      }

      @Override
      public Dataset<Row> whole(TableContract table) {
        return rows.get(table.table());
      }
    };
  }

  private static List<AuditResult> results(Row... visits) {
    Map<String, Dataset<Row>> rows = new LinkedHashMap<>();
    rows.put("dim_door", rows("door_key string", RowFactory.create("front")));
    rows.put(
        "fact_visit",
        rows(
            "visit_key string, door_key string, is_counted boolean, kind_code string, came_at"
                + " bigint, went_at bigint, stay_seconds bigint, smile_ratio double, growth_ratio"
                + " double",
            visits));
    List<AuditResult> results = new ArrayList<>(rowResults(VISITS, rows));
    results.addAll(
        new ReferenceAudit(
                tables(VISITS, rows, true), name -> name.equals("dim_door") ? DOORS : VISITS)
            .results());
    return results;
  }

  @Test
  void goodRowsPassEveryRuleAndEachIsToldOf() {
    assertThat(results(GOOD, visit("v2", null, true, null, null, 5L, null, null, null)))
        .allMatch(AuditResult::isPassed)
        .extracting(result -> result.rule().code())
        .containsExactlyInAnyOrder(
            "not_null",
            "accepted_code",
            "instants_in_order",
            "not_negative",
            "ratio_in_range",
            "key_unique",
            "reference");
  }

  @Test
  void aRepeatedKeyIsNamed() {
    assertThat(broken(GOOD, GOOD))
        .containsExactly(
            "key_unique, fact_visit, visit_key: expected one row a key, found 2 rows of v1, 1 keys"
                + " like it");
  }

  @Test
  void aMissingRequiredValueIsNamedByColumn() {
    assertThat(broken(visit("v1", "front", null, "guest", 1L, 2L, 0L, 1.0, 0.0)))
        .containsExactly(
            "not_null, fact_visit, is_counted: expected a value, found null in 1 rows, such as v1");
  }

  @Test
  void aCodeOutsideOfItsListIsQuoted() {
    assertThat(broken(visit("v1", "front", true, "ghost", 1L, 2L, 0L, 1.0, 0.0)))
        .containsExactly(
            "accepted_code, fact_visit, kind_code: expected one of guest, post, found ghost in 1"
                + " rows, such as v1");
  }

  @Test
  void whoGoesBeforeComingIsFound() {
    assertThat(broken(visit("v1", "front", true, "guest", 2L, 1L, 0L, 1.0, 0.0)))
        .containsExactly(
            "instants_in_order, fact_visit, went_at: expected not before came_at, found 1 in 1"
                + " rows, such as v1");
  }

  @Test
  void aNegativeDurationIsFound() {
    assertThat(broken(visit("v1", "front", true, "guest", 1L, 2L, -1L, 1.0, 0.0)))
        .containsExactly(
            "not_negative, fact_visit, stay_seconds: expected 0 or more, found -1 in 1 rows, such"
                + " as v1");
  }

  @Test
  void aRatioAboveOneIsFoundUnlessItsContractAllowsIt() {
    assertThat(broken(visit("v1", "front", true, "guest", 1L, 2L, 0L, 1.5, 1.5)))
        .containsExactly(
            "ratio_in_range, fact_visit, smile_ratio: expected 0 to 1, found 1.5 in 1 rows, such as"
                + " v1");
  }

  @Test
  void aNameThatLeadsNowhereIsFoundWhereTheContractPromisesIt() {
    assertThat(
            broken(
                GOOD,
                visit("v2", "back", true, "guest", 1L, 2L, 0L, 1.0, 0.0),
                visit("v3", "cellar", false, "guest", 1L, 2L, 0L, 1.0, 0.0)))
        .containsExactly(
            "reference, fact_visit, door_key: expected every value in dim_door.door_key, found 1"
                + " values that are not, such as back");
  }

  @Test
  void aBrokenPromiseOfAWideTableIsFoundWhereverItsColumnStands() {
    for (int column : List.of(0, COUNTED / 2, COUNTED - 1)) {
      assertThat(brokenWeeks(week("front", "w1", column, -1), week("back", "w1", column, 1)))
          .containsExactly(
              "not_negative, fact_week, a%d_count: expected 0 or more, found -1 in 1 rows, such as front, w1"
                  .formatted(column));
    }
  }

  @Test
  void aRepeatedKeyOfAWideTableIsNamedThoughNoPromiseIsBroken() {
    assertThat(
            brokenWeeks(
                week("front", "w1", 0, 1),
                week("front", "w2", 0, 1),
                week("front", "w1", 0, 2),
                week("front", "w1", 0, 3)))
        .containsExactly(
            "key_unique, fact_week, door_key, week_key: expected one row a key, found 3 rows of"
                + " front, w1, 1 keys like it");
  }

  @Test
  void keysWithTheSameNullAreTheSameKey() {
    assertThat(brokenWeeks(week(null, "w1", 0, 1), week(null, "w1", 0, 2)))
        .containsExactly(
            "key_unique, fact_week, door_key, week_key: expected one row a key, found 2 rows of"
                + " null, w1, 1 keys like it");
  }

  @Test
  void keysOfOneHashAreNotOneKey() {
    Dataset<Row> keys =
        rows("a string, b string", RowFactory.create("x", null), RowFactory.create(null, "x"));
    assertThat(keys.select(xxhash64(col("a"), col("b"))).distinct().count()).isEqualTo(1);
    assertThat(brokenWeeks(week("x", null, 0, 1), week(null, "x", 0, 1))).isEmpty();
  }
}
