package dev.nightdesk.update;

import static dev.nightdesk.logic.Joins.among;
import static dev.nightdesk.logic.Joins.notAmong;

import dev.nightdesk.SparkTestBase;
import dev.nightdesk.StagedFixture;
import dev.nightdesk.table.Replacement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructType;

/** Tables and staged rows in memory, with what a night changes of them. */
final class RememberedNight extends SparkTestBase implements NightState {

  private final Map<String, List<Row>> stayed = new HashMap<>();
  private final Map<String, List<Row>> came = new HashMap<>();
  private final Map<String, List<Row>> went = new HashMap<>();
  private final Map<String, Dataset<Row>> before = new HashMap<>();
  private final Map<String, Dataset<Row>> tonight = new HashMap<>();
  private final Map<String, Dataset<Row>> kept = new HashMap<>();

  /** A staged row that counts before and tonight. */
  RememberedNight stayed(String table, Object... namesAndValues) {
    return with(stayed, table, namesAndValues);
  }

  /** A staged row that counts tonight only. */
  RememberedNight came(String table, Object... namesAndValues) {
    return with(came, table, namesAndValues);
  }

  /** A staged row that counted before only. */
  RememberedNight went(String table, Object... namesAndValues) {
    return with(went, table, namesAndValues);
  }

  private RememberedNight with(
      Map<String, List<Row>> rows, String table, Object... namesAndValues) {
    rows.computeIfAbsent(table, name -> new ArrayList<>())
        .add(StagedFixture.row(table, namesAndValues));
    return this;
  }

  /** A dim or fact as published before. */
  void published(String table, Dataset<Row> rows) {
    before.put(table, remembered(rows));
  }

  /** What was kept under a name. */
  Dataset<Row> kept(String name) {
    return kept.get(name);
  }

  @Override
  public Dataset<Row> staged(String table) {
    return staged(table, stayed, came);
  }

  @Override
  public Dataset<Row> staged(String table, Dataset<Row> keys, String key) {
    return among(staged(table), keys, key);
  }

  @Override
  public Dataset<Row> stagedBefore(String table) {
    return staged(table, stayed, went);
  }

  @Override
  public Dataset<Row> arrived(String table) {
    return staged(table, came, went);
  }

  private static Dataset<Row> staged(
      String table, Map<String, List<Row>> some, Map<String, List<Row>> others) {
    List<Row> rows = new ArrayList<>(some.getOrDefault(table, List.of()));
    rows.addAll(others.getOrDefault(table, List.of()));
    return spark().createDataFrame(rows, StagedFixture.schema(table));
  }

  @Override
  public Dataset<Row> before(String table) {
    return before.computeIfAbsent(
        table, name -> spark().createDataFrame(List.of(), StagedFixture.schema(name)));
  }

  @Override
  public Dataset<Row> before(String table, Column condition) {
    return before(table).filter(condition);
  }

  @Override
  public Dataset<Row> before(String table, Dataset<Row> keys, String key) {
    return among(before(table), keys, key);
  }

  @Override
  public Dataset<Row> tonight(String table) {
    return tonight.getOrDefault(table, before(table));
  }

  @Override
  public void replace(Map<String, Replacement> rows) {
    rows.forEach(
        (table, replacement) ->
            tonight.put(
                table,
                remembered(
                    notAmong(
                            tonight(table),
                            replacement.keys(),
                            replacement.key().toArray(String[]::new))
                        .unionByName(replacement.rows()))));
  }

  @Override
  public void update(Map<String, Dataset<Row>> whole) {
    whole.forEach((table, rows) -> tonight.put(table, remembered(rows)));
  }

  @Override
  public Dataset<Row> keep(String name, Dataset<Row> rows) {
    if (kept.put(name, remembered(rows)) != null) {
      throw new IllegalStateException("Two things are kept as " + name);
    }
    return kept.get(name);
  }

  private static Dataset<Row> remembered(Dataset<Row> rows) {
    StructType schema = rows.schema();
    return spark().createDataFrame(rows.collectAsList(), schema);
  }
}
