package dev.nightdesk.run;

import dev.nightdesk.contract.TableContract;
import dev.nightdesk.io.Checkpoints.Point;
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
  private final Writing writing;
  private Manifest manifest;

  private OpenNight(Manifest manifest, NightTables tables, WorkArea work, Writing writing) {
    this.manifest = manifest;
    this.tables = tables;
    this.work = work;
    this.writing = writing;
  }

  /** A new night. */
  static OpenNight begin(Manifest manifest, NightTables tables, WorkArea work, Writing writing) {
    work.clear();
    return new OpenNight(manifest, tables, work, writing);
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
      Function<String, TableContract> contracts,
      Writing writing) {
    manifest
        .done()
        .changes()
        .forEach((table, change) -> tables.resume(contracts.apply(table), change));
    return new OpenNight(manifest, tables, work, writing);
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

  /**
   * Notes that a step is done, with all that it changed.
   *
   * @param work what it did, and what that cost
   */
  void finish(String step, List<Manifest.Work> work) {
    save(manifest.after(step, work, tables.changes()));
    writing.checkpoints().at(Point.after(step));
  }

  /** Notes how far the night is. */
  void save(Manifest changed) {
    Manifest held = changed.under(writing.epoch());
    writing.during(
        () -> {
          work.writeText(MANIFEST, held.epoch(), held.json());
          return null;
        });
    manifest = held;
  }
}
