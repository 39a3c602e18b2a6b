package dev.nightdesk.run;

import dev.nightdesk.io.WorkArea;
import dev.nightdesk.publish.Manifest;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.SparkSession;

/** The nights that were begun and are not published, by what lies in the work area. */
final class OpenNights {

  private final SparkSession spark;
  private final String warehouse;

  OpenNights(SparkSession spark, String warehouse) {
    this.spark = spark;
    this.warehouse = warehouse;
  }

  /** A night that was begun. */
  record Begun(WorkArea work, Manifest manifest) {

    /** As people call it. */
    String name() {
      return manifest.head().logicalDate();
    }
  }

  /**
   * The work area of a night that begins. No two have the same: who is frozen while it clears one
   * away, and wakes when others hold the lease, clears nothing of theirs.
   *
   * @param epoch of the lease under which it begins
   */
  WorkArea work(String logicalDate, long epoch) {
    return work("%s-%d".formatted(logicalDate, epoch));
  }

  private WorkArea work(String name) {
    return new WorkArea(spark, warehouse, name);
  }

  /** The nights with a whole manifest, the one that was written last first. */
  List<Begun> all() {
    List<Begun> all = new ArrayList<>();
    for (String name : WorkArea.nights(spark, warehouse)) {
      WorkArea work = work(name);
      OpenNight.manifest(work).ifPresent(manifest -> all.add(new Begun(work, manifest)));
    }
    all.sort(Comparator.comparingLong((Begun begun) -> begun.manifest().epoch()).reversed());
    return all;
  }

  /** The one that a step goes on with. */
  Optional<Begun> newest() {
    return all().stream().findFirst();
  }

  /** Forgets them all, also what was begun without a manifest. */
  void discard() {
    WorkArea.nights(spark, warehouse).forEach(name -> work(name).clear());
  }
}
