package dev.nightdesk.run;

import dev.nightdesk.contract.Contracts;
import dev.nightdesk.contract.TableContract;
import dev.nightdesk.io.NightTables;
import dev.nightdesk.kpi.KpiEngine;
import dev.nightdesk.table.Night;
import dev.nightdesk.table.Table;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** The third step of a night: KPI tables from the facts. */
final class KpiStep {

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

  List<TableRun> run(Night night) {
    Map<String, Dataset<Row>> facts = new LinkedHashMap<>();
    for (Table table : Warehouse.dimsAndFacts()) {
      facts.put(table.name(), tables.now(Contracts.of(table.name())));
    }
    List<TableRun> written = new ArrayList<>();
    KpiEngine.Keeper keeper =
        (stage, rows) -> {
          if (isCell(stage)) {
            TableContract contract = kpis.contracts().of(stage);
            written.add(
                writer.write(TableWriter.Change.REPLACE, new TableWriter.Rows(contract, rows, 0)));
            return tables.now(contract);
          }
          // Written, not cached: what reads it then has a short plan, and planning is most of a
          // small night.
          return open.work().materialise(stage, rows);
        };
    List<TableWriter.Rows> rows = new ArrayList<>();
    kpis.engine()
        .tables(facts, night, config.deliveredEntities(), keeper)
        .forEach(
            (table, tableRows) -> {
              // The keeper has written the cells.
              if (!isCell(table)) {
                rows.add(new TableWriter.Rows(kpis.contracts().of(table), tableRows, 0));
              }
            });
    written.addAll(writer.write(TableWriter.Change.REPLACE, rows));
    written.addAll(ownTables(facts, night));
    return written;
  }

  /**
   * The tables of their own, made of the KPI tables as they are written: none is computed twice.
   */
  private List<TableRun> ownTables(Map<String, Dataset<Row>> facts, Night night) {
    Map<String, Dataset<Row>> sources = new LinkedHashMap<>();
    for (String source : kpis.engine().sourcesOfOwnTables(config.deliveredEntities())) {
      sources.put(
          source,
          facts.containsKey(source) ? facts.get(source) : tables.now(kpis.contracts().of(source)));
    }
    List<TableWriter.Rows> rows = new ArrayList<>();
    kpis.engine()
        .ownTables(sources, night, config.deliveredEntities())
        .forEach(
            (table, tableRows) ->
                rows.add(new TableWriter.Rows(kpis.contracts().of(table), tableRows, 0)));
    return writer.write(TableWriter.Change.REPLACE, rows);
  }

  private static boolean isCell(String table) {
    return table.equals(KpiEngine.CELL_DAY) || table.equals(KpiEngine.CELL_HOUR);
  }
}
