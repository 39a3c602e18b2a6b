package dev.nightdesk.run;

import dev.nightdesk.contract.Contracts;
import dev.nightdesk.contract.TableContract;
import dev.nightdesk.io.NightTables;
import dev.nightdesk.kpi.KpiEngine;
import dev.nightdesk.table.Night;
import dev.nightdesk.table.Replacement;
import dev.nightdesk.table.Table;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** The third step of a night: KPI tables from the facts. */
final class KpiStep {

  /** Names of tables: the long form takes longest, the others are written beside it. */
  private static final Comparator<String> LONG_FORM_FIRST =
      Comparator.comparing(table -> !table.equals(KpiEngine.VALUE));

  private final Kpis kpis;
  private final NightdeskConfig config;
  private final OpenNight open;
  private final NightTables tables;
  private final TableWriter writer;

  KpiStep(Kpis kpis, NightdeskConfig config, OpenNight open, TableWriter writer) {
    this.kpis = kpis;
    this.config = config;
    this.open = open;
    this.tables = open.tables();
    this.writer = writer;
  }

  /** Changes what the facts changed, or computes all. */
  List<TableRun> run(Night night, NightOrder.Scope scope) {
    if (scope == NightOrder.Scope.EVERYTHING) {
      List<TableRun> written = computeWhole(night);
      written.addAll(ownTables(night, TableWriter.Change.REPLACE));
      return written;
    }
    List<TableRun> written = change(night);
    if (isAnyOwnTableTouched(night)) {
      written.addAll(ownTables(night, TableWriter.Change.UPDATE));
    }
    return written;
  }

  private boolean isAnyOwnTableTouched(Night night) {
    return night.logicalDate().isAfter(open.manifest().base().night())
        || kpis.engine().sourcesOfOwnTables(config.deliveredEntities()).stream()
            .anyMatch(source -> tables.isChanged(contract(source)));
  }

  private List<TableRun> computeWhole(Night night) {
    Map<String, Dataset<Row>> facts = new LinkedHashMap<>();
    for (Table table : Warehouse.dimsAndFacts()) {
      facts.put(table.name(), tables.now(Contracts.of(table.name())));
    }
    List<TableRun> written = new ArrayList<>();
    KpiEngine.Keeper keeper =
        (stage, rows) -> {
          if (isBase(stage)) {
            TableContract contract = kpis.contracts().of(stage);
            written.add(
                writer.write(replacement(contract), new TableWriter.Rows(contract, rows, 0)));
            return tables.now(contract);
          }
          return keep(stage, rows);
        };
    List<TableWriter.Rows> rows = new ArrayList<>();
    kpis.engine()
        .tables(facts, night, config.deliveredEntities(), keeper)
        .forEach(
            (table, tableRows) -> {
              // The keeper has written what the others are made of.
              if (!isBase(table)) {
                rows.add(new TableWriter.Rows(kpis.contracts().of(table), tableRows, 0));
              }
            });
    rows.sort(Comparator.comparing(each -> each.contract().table(), LONG_FORM_FIRST));
    written.addAll(writer.write(table -> replacement(table.contract()), rows));
    return written;
  }

  private static TableWriter.Change replacement(TableContract contract) {
    return KpiEngine.IN_ORDER.contains(contract.table())
        ? TableWriter.Change.REPLACE_AS_ORDERED
        : TableWriter.Change.REPLACE;
  }

  private List<TableRun> change(Night night) {
    Night before = new Night(open.manifest().base().night(), night.calendar(), night.definitions());
    try (TouchedFacts facts =
        new TouchedFacts(open, this::contract, config.deliveredEntities(), before, night)) {
      Map<TableContract, Replacement> replacements = new LinkedHashMap<>();
      Map<String, Replacement> changes =
          kpis.engine().changes(SparkSession.active(), facts, this::keep);
      changes.keySet().stream()
          .sorted(LONG_FORM_FIRST)
          .forEach(table -> replacements.put(kpis.contracts().of(table), changes.get(table)));
      return new ArrayList<>(writer.replace(replacements));
    }
  }

  /**
   * Written, not cached: what reads it then has a short plan, and planning is most of a small
   * night.
   */
  private Dataset<Row> keep(String stage, Dataset<Row> rows) {
    return writer.keep(stage, () -> open.work().materialise(stage, rows));
  }

  private TableContract contract(String table) {
    return table.startsWith("kpi_") ? kpis.contracts().of(table) : Contracts.of(table);
  }

  /**
   * The tables of their own, made of the KPI tables as they are written: none is computed twice.
   */
  private List<TableRun> ownTables(Night night, TableWriter.Change change) {
    Map<String, Dataset<Row>> sources = new LinkedHashMap<>();
    for (String source : kpis.engine().sourcesOfOwnTables(config.deliveredEntities())) {
      sources.put(source, tables.now(contract(source)));
    }
    List<TableWriter.Rows> rows = new ArrayList<>();
    kpis.engine()
        .ownTables(sources, night, config.deliveredEntities())
        .forEach(
            (table, tableRows) ->
                rows.add(new TableWriter.Rows(kpis.contracts().of(table), tableRows, 0)));
    List<TableRun> written = writer.write(change, rows);
    return change == TableWriter.Change.UPDATE
        ? written.stream().filter(run -> tables.isChanged(contract(run.table()))).toList()
        : written;
  }

  private static boolean isBase(String table) {
    return table.equals(KpiEngine.PART);
  }
}
