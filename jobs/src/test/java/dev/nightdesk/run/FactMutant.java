package dev.nightdesk.run;

import dev.nightdesk.histories.NightPlan;
import dev.nightdesk.histories.NightPlan.Kind;
import dev.nightdesk.io.NightTables;
import dev.nightdesk.table.Night;
import dev.nightdesk.table.Replacement;
import dev.nightdesk.update.FactsUpdate;
import dev.nightdesk.update.NightState;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** An update of dims and facts that leaves out what it must not. */
enum FactMutant {
  /** Rows are replaced by the keys of the new rows alone: a row that vanishes stays. */
  KEYS_OF_OLD_ROWS,
  /** As of stays where it was: what lay ahead stays unknown. */
  PASSING_OF_TIME;

  /** Whether a night has what this one gets wrong. */
  boolean isFor(NightPlan plan) {
    return switch (this) {
      case KEYS_OF_OLD_ROWS -> plan.kind() != Kind.EMPTY;
      case PASSING_OF_TIME -> plan.kind() == Kind.EMPTY;
    };
  }

  /** The tables as they are after the second step of a staged night, none of it kept. */
  NightTables run(NightRun run, NightdeskConfig config) {
    OpenNight open = run.warehouse().resume(NightRun.STAGE);
    Night night =
        new Night(open.manifest().head().night(), config.calendar(), config.definitions());
    Night before =
        new Night(open.manifest().base().night(), config.calendar(), config.definitions());
    try (Phases phases = Phases.begin(SparkSession.active())) {
      NightState state =
          new FactTables(open, new TableWriter(open.tables(), phases, new Progress()));
      Optional<String> reasonForAll =
          switch (this) {
            case KEYS_OF_OLD_ROWS -> new FactsUpdate(new NewKeysAlone(state), before, night).run();
            case PASSING_OF_TIME -> new FactsUpdate(state, night, night).run();
          };
      if (reasonForAll.isPresent()) {
        throw new IllegalStateException("Nothing was left out, because " + reasonForAll.get());
      }
      return open.tables();
    }
  }

  private record NewKeysAlone(NightState state) implements NightState {

    @Override
    public void replace(Map<String, Replacement> rows) {
      Map<String, Replacement> byNewKeys = new LinkedHashMap<>();
      rows.forEach(
          (table, replacement) ->
              byNewKeys.put(
                  table,
                  new Replacement(
                      replacement.key(),
                      replacement
                          .rows()
                          .select(
                              replacement.key().stream()
                                  .map(replacement.rows()::col)
                                  .toArray(Column[]::new))
                          .distinct(),
                      replacement.rows())));
      state.replace(byNewKeys);
    }

    @Override
    public Dataset<Row> staged(String table) {
      return state.staged(table);
    }

    @Override
    public Dataset<Row> staged(String table, Dataset<Row> keys, String key) {
      return state.staged(table, keys, key);
    }

    @Override
    public Dataset<Row> stagedBefore(String table) {
      return state.stagedBefore(table);
    }

    @Override
    public Dataset<Row> arrived(String table) {
      return state.arrived(table);
    }

    @Override
    public Dataset<Row> before(String table) {
      return state.before(table);
    }

    @Override
    public Dataset<Row> before(String table, Column condition) {
      return state.before(table, condition);
    }

    @Override
    public Dataset<Row> before(String table, Dataset<Row> keys, String key) {
      return state.before(table, keys, key);
    }

    @Override
    public Dataset<Row> tonight(String table) {
      return state.tonight(table);
    }

    @Override
    public void update(Map<String, Dataset<Row>> whole) {
      state.update(whole);
    }

    @Override
    public Dataset<Row> keep(String name, Dataset<Row> rows) {
      return state.keep(name, rows);
    }
  }
}
