package dev.nightdesk.run;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.max;

import dev.nightdesk.contract.Contracts;
import dev.nightdesk.report.CostReport;
import java.sql.Date;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;

/** Fills the report of what a run cost from the table {@code run}. */
final class NightCosts {

  private static final int NAMED = 10;

  private final PublishedWarehouse warehouse;
  private final Dataset<Row> runs;

  NightCosts(PublishedWarehouse warehouse) {
    this.warehouse = warehouse;
    // In the columns of the contract, also while the table still has those of an older program.
    this.runs = warehouse.tables().readFiles(Contracts.of("run"));
  }

  /**
   * The run of the latest night.
   *
   * @throws NightdeskException with the exit code of bad input if nothing was ever published
   */
  String latest() {
    String latest = runs.agg(max("run_id")).first().getString(0);
    return latest == null ? warehouse.latest().id() : latest;
  }

  /**
   * What a run cost.
   *
   * @throws NightdeskException with the exit code of a usage error if there is no such run
   */
  CostReport report(String runId) {
    List<Row> rows = runs.filter(col("run_id").equalTo(runId)).collectAsList();
    if (rows.isEmpty()) {
      throw NightdeskException.usage(
          "There is no run %s; the last are, the latest first, %s.".formatted(runId, lastRuns()));
    }
    Row any = rows.get(0);
    return new CostReport(
        runId,
        any.<Date>getAs("logical_date").toLocalDate(),
        "%s, %s".formatted(any.getAs("code_version"), any.getAs("code_commit")),
        rows.stream().map(NightCosts::phase).toList());
  }

  private List<String> lastRuns() {
    return runs.select("run_id")
        .distinct()
        .orderBy(col("run_id").desc())
        .limit(NAMED)
        .as(Encoders.STRING())
        .collectAsList();
  }

  private static CostReport.Phase phase(Row row) {
    String name = row.getAs("table_name");
    return new CostReport.Phase(
        row.getAs("step_code"),
        "kept".equals(row.getAs("phase_code")) ? name + ", kept" : name,
        row.<Double>getAs("duration_seconds"),
        row.isNullAt(row.fieldIndex("share_seconds")) ? null : measured(row));
  }

  private static CostReport.Measured measured(Row row) {
    return new CostReport.Measured(
        row.<Double>getAs("share_seconds"),
        row.<Double>getAs("planning_seconds"),
        row.<Double>getAs("cpu_seconds"),
        row.<Long>getAs("read_row_count"),
        row.<Long>getAs("read_byte_count"),
        row.<Long>getAs("written_row_count"),
        row.<Long>getAs("written_byte_count"),
        row.<Long>getAs("shuffled_byte_count"),
        row.<Long>getAs("spilled_byte_count"));
  }
}
