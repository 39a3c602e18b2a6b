package dev.nightdesk.run;

import dev.nightdesk.history.Parts;
import dev.nightdesk.io.NightTables;
import dev.nightdesk.table.Inputs;
import dev.nightdesk.table.Night;
import dev.nightdesk.table.Table;
import dev.nightdesk.update.FactsUpdate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** The second step of a night: dimensions and facts from the staged logs. */
final class FactStep {

  /** Planning what a night touches takes longer than computing all of so little. */
  private static final String SMALL = "all dumps together are small";

  private final OpenNight open;
  private final NightScope scope;
  private final TableWriter writer;
  private final Progress progress;

  FactStep(OpenNight open, NightScope scope, TableWriter writer, Progress progress) {
    this.open = open;
    this.scope = scope;
    this.writer = writer;
    this.progress = progress;
  }

  /** Changes what the night touches; computes all where that is needed, and says why. */
  List<TableRun> run(Night night) {
    if (open.manifest().isWhole()) {
      return computeWhole(night);
    }
    FactTables tables = new FactTables(open, writer);
    Optional<String> reason = isTooSmall() ? Optional.of(SMALL) : update(tables, night);
    if (reason.isEmpty()) {
      return tables.written();
    }
    progress.say("facts: computed whole, because " + reason.get());
    open.save(open.manifest().whole(reason.get()));
    return computeWhole(night);
  }

  private boolean isTooSmall() {
    return scope == NightScope.AUTO && Sessions.isSmall(SparkSession.active());
  }

  private Optional<String> update(FactTables tables, Night night) {
    Night before = new Night(open.manifest().base().night(), night.calendar(), night.definitions());
    return new FactsUpdate(tables, before, night).run();
  }

  private List<TableRun> computeWhole(Night night) {
    NightTables tables = open.tables();
    Map<String, Dataset<Row>> available = new LinkedHashMap<>();
    for (String staged : Warehouse.STAGED) {
      available.put(staged, Parts.staged(staged, log -> Staging.live(tables, log)));
    }
    for (Table table : Warehouse.WORK) {
      Dataset<Row> rows = table.build(Inputs.of(table, available), night);
      available.put(
          table.name(),
          writer.keep(table.name(), () -> open.work().materialise(table.name(), rows)));
    }
    return writer.make(Warehouse.dimsAndFacts(), available, night);
  }
}
