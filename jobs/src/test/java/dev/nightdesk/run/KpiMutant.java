package dev.nightdesk.run;

import dev.nightdesk.contract.Contracts;
import dev.nightdesk.contract.TableContract;
import dev.nightdesk.histories.NightPlan;
import dev.nightdesk.histories.NightPlan.Kind;
import dev.nightdesk.io.NightTables;
import dev.nightdesk.kpi.KpiChangeInputs;
import dev.nightdesk.kpi.KpiEngine;
import dev.nightdesk.table.Night;
import dev.nightdesk.table.Replacement;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** Changes of KPI tables that leave out what they must not. */
enum KpiMutant {
  /** What touched units had added before stays in the sums. */
  OLD_ROWS,
  /** As of stays where it was: no deadline passes and no period ends. */
  PASSING_OF_TIME;

  /** Whether a night has what this one gets wrong. */
  boolean isFor(NightPlan plan) {
    return switch (this) {
      case OLD_ROWS -> plan.kind() != Kind.EMPTY;
      case PASSING_OF_TIME -> plan.kind() == Kind.EMPTY;
    };
  }

  /** The tables as they are after the third step of a night with its facts, none of it kept. */
  NightTables run(NightRun run, NightdeskConfig config) {
    OpenNight open = run.warehouse().resume(NightRun.FACTS);
    Kpis kpis = Kpis.of(config);
    Night night =
        new Night(open.manifest().head().night(), config.calendar(), config.definitions());
    Night before =
        new Night(open.manifest().base().night(), config.calendar(), config.definitions());
    Function<String, TableContract> contracts =
        table -> table.startsWith("kpi_") ? kpis.contracts().of(table) : Contracts.of(table);
    KpiEngine.Keeper keeper = (stage, rows) -> open.work().materialise(stage, rows);
    Map<TableContract, Replacement> replacements = new LinkedHashMap<>();
    try (Phases phases = Phases.begin(SparkSession.active());
        TouchedFacts facts =
            new TouchedFacts(open, contracts, config.deliveredEntities(), before, night)) {
      kpis.engine()
          .changes(SparkSession.active(), new Without(this, facts), keeper)
          .forEach((table, replacement) -> replacements.put(contracts.apply(table), replacement));
      new TableWriter(open.tables(), phases, new Progress()).replace(replacements);
    }
    return open.tables();
  }

  private record Without(KpiMutant mutant, KpiChangeInputs inputs) implements KpiChangeInputs {

    @Override
    public Night nightBefore() {
      return mutant == PASSING_OF_TIME ? inputs.nightNow() : inputs.nightBefore();
    }

    @Override
    public Dataset<Row> touchedBefore(String fact) {
      Dataset<Row> rows = inputs.touchedBefore(fact);
      return mutant == OLD_ROWS ? rows.limit(0) : rows;
    }

    @Override
    public Night nightNow() {
      return inputs.nightNow();
    }

    @Override
    public Set<String> delivered() {
      return inputs.delivered();
    }

    @Override
    public Dataset<Row> before(String table) {
      return inputs.before(table);
    }

    @Override
    public Dataset<Row> before(String table, Column condition) {
      return inputs.before(table, condition);
    }

    @Override
    public Dataset<Row> after(String table) {
      return inputs.after(table);
    }

    @Override
    public boolean isChanged(String table) {
      return inputs.isChanged(table);
    }

    @Override
    public Optional<String> unit(String table) {
      return inputs.unit(table);
    }

    @Override
    public boolean isTouched(String fact) {
      return inputs.isTouched(fact);
    }

    @Override
    public Dataset<Row> touchedNow(String fact) {
      return inputs.touchedNow(fact);
    }
  }
}
