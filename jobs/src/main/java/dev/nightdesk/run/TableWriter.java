package dev.nightdesk.run;

import dev.nightdesk.contract.Contracts;
import dev.nightdesk.contract.TableContract;
import dev.nightdesk.io.NightTables;
import dev.nightdesk.io.Written;
import dev.nightdesk.publish.Phase;
import dev.nightdesk.table.Inputs;
import dev.nightdesk.table.Night;
import dev.nightdesk.table.Replacement;
import dev.nightdesk.table.SideBySide;
import dev.nightdesk.table.Table;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.Supplier;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Writes tables, says so, and remembers how long each took. */
final class TableWriter {

  /** A small write is mostly Delta's own work on one thread; three keep two cores busy. */
  private static final int WRITERS = 3;

  private final NightTables tables;
  private final Phases phases;
  private final Progress progress;

  TableWriter(NightTables tables, Phases phases, Progress progress) {
    this.tables = tables;
    this.phases = phases;
    this.progress = progress;
  }

  /**
   * Rows for a table.
   *
   * @param contract the table
   * @param rows what to write
   * @param inputFileCount raw files that they come of; 0 for tables made of tables
   */
  record Rows(TableContract contract, Dataset<Row> rows, long inputFileCount) {}

  /** How rows change a table. */
  enum Change {
    /** They are added. */
    APPEND,
    /** They take the place of all that there are. */
    REPLACE,
    /** The same with rows that lie in the order of the contract's layout already. */
    REPLACE_AS_ORDERED,
    /** They are its whole content; what is the same stays as it is. */
    UPDATE
  }

  /** Writes one table. */
  TableRun write(Change change, Rows rows) {
    TableRun run =
        timed(
            rows.contract(),
            rows.inputFileCount(),
            () ->
                switch (change) {
                  case APPEND -> tables.append(rows.contract(), rows.rows());
                  case REPLACE -> tables.replaceAll(rows.contract(), rows.rows());
                  case REPLACE_AS_ORDERED ->
                      tables.replaceAllAsOrdered(rows.contract(), rows.rows());
                  case UPDATE -> tables.update(rows.contract(), rows.rows());
                });
    progress.written(run);
    return run;
  }

  /** Puts rows in the place of those of some keys. */
  TableRun replace(TableContract contract, Replacement replacement, long inputFileCount) {
    TableRun run = timed(contract, inputFileCount, () -> tables.replace(contract, replacement));
    progress.written(run);
    return run;
  }

  /**
   * Computes rows now that are not those of a table.
   *
   * @param compute gives rows that are read where they are kept
   */
  Dataset<Row> keep(String name, Supplier<Dataset<Row>> compute) {
    return phases.during(Phase.kept(name), compute);
  }

  private TableRun timed(TableContract contract, long inputFileCount, Supplier<Written> write) {
    long start = System.nanoTime();
    Written written = phases.during(Phase.table(contract.table()), write);
    return new TableRun(
        contract.table(),
        written.version(),
        written.rowCount(),
        (System.nanoTime() - start) / 1e9,
        inputFileCount);
  }

  /** Writes tables side by side; the first failure ends them all. */
  List<TableRun> write(Change change, List<Rows> all) {
    return write(rows -> change, all);
  }

  /** The same, each in its own way. */
  List<TableRun> write(Function<Rows, Change> change, List<Rows> all) {
    List<Callable<List<TableRun>>> writes = new ArrayList<>();
    all.forEach(rows -> writes.add(() -> List.of(write(change.apply(rows), rows))));
    return sideBySide(writes);
  }

  /** Replaces rows of tables side by side; tables that this does not change are left out. */
  List<TableRun> replace(Map<TableContract, Replacement> all) {
    List<Callable<List<TableRun>>> writes = new ArrayList<>();
    all.forEach(
        (contract, replacement) ->
            writes.add(
                () -> {
                  TableRun run = timed(contract, 0, () -> tables.replace(contract, replacement));
                  if (!tables.isChanged(contract)) {
                    return List.of();
                  }
                  progress.written(run);
                  return List.of(run);
                }));
    return sideBySide(writes);
  }

  /**
   * Makes tables side by side and replaces them, each as soon as the tables that it is made of are
   * written; the first failure ends them all.
   *
   * <p>A table that others are made of is read back for them: it is computed once.
   *
   * @param all in the order of the warehouse
   * @param available the other inputs, by name
   */
  List<TableRun> make(List<Table> all, Map<String, Dataset<Row>> available, Night night) {
    TableOrder order = new TableOrder(all, available.keySet());
    Set<String> inputs = TableOrder.inputsAmong(all);
    Map<String, Dataset<Row>> rows = new ConcurrentHashMap<>(available);
    Callable<List<TableRun>> makeWhatIsLeft =
        () -> {
          List<TableRun> made = new ArrayList<>();
          try {
            for (Table table = order.next(); table != null; table = order.next()) {
              TableContract contract = Contracts.of(table.name());
              Dataset<Row> built = table.build(Inputs.of(table, rows), night);
              made.add(write(Change.REPLACE, new Rows(contract, built, 0)));
              if (inputs.contains(table.name())) {
                rows.put(table.name(), tables.now(contract));
              }
              order.made(table);
            }
            return made;
          } finally {
            // Without failure nothing is left; after one nobody should wait for what never comes.
            order.stop();
          }
        };
    List<TableRun> made = sideBySide(Collections.nCopies(WRITERS, makeWhatIsLeft));
    List<String> names = all.stream().map(Table::name).toList();
    return made.stream()
        .sorted(Comparator.comparingInt(run -> names.indexOf(run.table())))
        .toList();
  }

  private static List<TableRun> sideBySide(List<Callable<List<TableRun>>> writes) {
    return SideBySide.all(WRITERS, writes).stream().flatMap(List::stream).toList();
  }
}
