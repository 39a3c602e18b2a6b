package dev.nightdesk.run;

import dev.nightdesk.io.NightTables;
import dev.nightdesk.table.Inputs;
import dev.nightdesk.table.Night;
import dev.nightdesk.table.Table;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** The second step of a night: dimensions and facts from the staged logs. */
final class FactStep {

  private final OpenNight open;
  private final TableWriter writer;

  FactStep(OpenNight open, TableWriter writer) {
    this.open = open;
    this.writer = writer;
  }

  List<TableRun> run(Night night) {
    NightTables tables = open.tables();
    Map<String, Dataset<Row>> available = new LinkedHashMap<>();
    for (String staged : Warehouse.STAGED) {
      available.put(staged, Staging.live(tables, staged));
    }
    for (Table table : Warehouse.WORK) {
      available.put(
          table.name(),
          open.work().materialise(table.name(), table.build(Inputs.of(table, available), night)));
    }
    return writer.make(Warehouse.dimsAndFacts(), available, night);
  }
}
