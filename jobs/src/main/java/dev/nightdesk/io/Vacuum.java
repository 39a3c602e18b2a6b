package dev.nightdesk.io;

import dev.nightdesk.contract.TableContract;
import io.delta.tables.DeltaTable;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Set;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.delta.actions.AddFile;

/** Deletes the files of tables that no version that anybody may still read needs. */
public final class Vacuum {

  /** Nothing younger goes: for so long a publication can be read and returned to. */
  public static final Duration FLOOR = Duration.ofDays(30);

  private final SparkSession spark;
  private final DeltaTables tables;
  private final Duration retention;

  /**
   * @param retention how long files are kept after they left a table
   * @throws IllegalArgumentException if it is shorter than {@link #FLOOR}
   */
  public Vacuum(SparkSession spark, DeltaTables tables, Duration retention) {
    if (retention.compareTo(FLOOR) < 0) {
      throw new IllegalArgumentException(
          "Files are kept for %d days at least, because publications can be read and returned to for so long; %s is shorter."
              .formatted(FLOOR.toDays(), retention));
    }
    this.spark = spark;
    this.tables = tables;
    this.retention = retention;
  }

  /** Cleans one table; whether there could be anything to delete. */
  public boolean clean(TableContract contract, Instant now) {
    TableLog log = tables.log(contract);
    Set<String> current = new HashSet<>();
    for (AddFile file : log.files(log.version())) {
      current.add(file.path());
    }
    long limit = now.minus(retention).toEpochMilli();
    // Delta's own look takes seconds a table; most tables have no old file.
    boolean hasOld =
        log.present().entrySet().stream()
            .anyMatch(file -> file.getValue() < limit && !current.contains(file.getKey()));
    if (hasOld) {
      DeltaTable.forPath(spark, tables.path(contract)).vacuum(retention.toHours());
    }
    return hasOld;
  }
}
