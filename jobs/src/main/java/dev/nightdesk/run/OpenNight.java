package dev.nightdesk.run;

import dev.nightdesk.contract.TableContract;
import dev.nightdesk.io.NightTables;
import dev.nightdesk.io.WorkArea;
import dev.nightdesk.publish.Manifest;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** A night between its first step and its publication, as one of its steps sees it. */
final class OpenNight {

  private static final String MANIFEST = "manifest";

  private final NightTables tables;
  private final WorkArea work;
  private Manifest manifest;

  private OpenNight(Manifest manifest, NightTables tables, WorkArea work) {
    this.manifest = manifest;
    this.tables = tables;
    this.work = work;
  }

  /** A new night. */
  static OpenNight begin(Manifest manifest, NightTables tables, WorkArea work) {
    work.clear();
    return new OpenNight(manifest, tables, work);
  }

  /** The manifest of a work area; absent if there is no whole one. */
  static Optional<Manifest> manifest(WorkArea work) {
    return Optional.ofNullable(work.readText(MANIFEST, Manifest::parse));
  }

  /** Goes on with a night that another step, perhaps in another process, began. */
  static OpenNight resume(
      Manifest manifest,
      NightTables tables,
      WorkArea work,
      Function<String, TableContract> contracts) {
    manifest.changes().forEach((table, change) -> tables.resume(contracts.apply(table), change));
    return new OpenNight(manifest, tables, work);
  }

  Manifest manifest() {
    return manifest;
  }

  NightTables tables() {
    return tables;
  }

  WorkArea work() {
    return work;
  }

  /** Notes that a step is done, with all that it changed. */
  void finish(String step, List<TableRun> made) {
    List<Manifest.Work> work =
        made.stream()
            .map(
                run ->
                    new Manifest.Work(
                        step, run.table(), run.rowCount(), run.seconds(), run.inputFileCount()))
            .toList();
    save(manifest.after(step, work, tables.changes()));
  }

  void save(Manifest changed) {
    work.writeText(MANIFEST, changed.json());
    manifest = changed;
  }
}
