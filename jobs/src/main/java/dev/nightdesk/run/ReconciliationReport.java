package dev.nightdesk.run;

import static org.apache.spark.sql.functions.abs;
import static org.apache.spark.sql.functions.avg;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max_by;
import static org.apache.spark.sql.functions.struct;

import dev.nightdesk.contract.Contracts;
import dev.nightdesk.io.PublishedTables;
import dev.nightdesk.report.TextTable;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;

/** How far our figures are those of the help desk itself, and why they are not. */
final class ReconciliationReport {

  private static final String[] FIGURE = {"source_code", "metric_code", "clock_code"};

  private static final int NAMED = 10;

  private final PublishedTables tables;

  ReconciliationReport(PublishedTables tables) {
    this.tables = tables;
  }

  /**
   * Per figure and reason the tickets, their share, the mean difference and the ticket that differs
   * most, and the tickets of which nothing but figures is delivered; a sentence if no help desk
   * delivers figures of its own.
   */
  String text() {
    return comparison() + undelivered();
  }

  /** Nothing to compare is no agreement, so it is said. */
  private String undelivered() {
    List<String> tickets =
        tables
            .read(Contracts.of("stg_vendor_metric"))
            .select("ticket_key")
            .distinct()
            .join(tables.read(Contracts.of("fact_ticket")), "ticket_key", "left_anti")
            .sort("ticket_key")
            .as(Encoders.STRING())
            .collectAsList();
    if (tickets.isEmpty()) {
      return "";
    }
    String named = String.join(", ", tickets.subList(0, Math.min(NAMED, tickets.size())));
    return "Not compared, because no dump delivers the ticket itself: %d, %s%s.%n"
        .formatted(tickets.size(), named, tickets.size() > NAMED ? " and others" : "");
  }

  private String comparison() {
    Dataset<Row> compared = tables.read(Contracts.of("reconciliation_ticket"));
    Map<List<String>, Long> totals = new HashMap<>();
    for (Row row :
        compared.groupBy(FIGURE[0], FIGURE[1], FIGURE[2]).agg(count(lit(1))).collectAsList()) {
      totals.put(List.of(row.getString(0), row.getString(1), row.getString(2)), row.getLong(3));
    }
    if (totals.isEmpty()) {
      return "No ticket comes with figures of its help desk. Zendesk's are the entity"
          + " ticket_metric.\n";
    }
    List<List<Object>> rows = new ArrayList<>();
    for (Row row : reasons(compared)) {
      long total = totals.get(List.of(row.getString(0), row.getString(1), row.getString(2)));
      List<Object> values = new ArrayList<>();
      for (int i = 0; i < row.length(); i++) {
        values.add(row.get(i));
      }
      // Behind the number of tickets.
      values.add(5, Math.round(1000.0 * row.getLong(4) / total) / 10.0);
      rows.add(values);
    }
    return TextTable.of(
            List.of(
                "source",
                "figure",
                "clock",
                "reason",
                "tickets",
                "%",
                "mean difference",
                "largest",
                "of ticket"),
            rows)
        .aligned();
  }

  private static List<Row> reasons(Dataset<Row> compared) {
    return compared
        .groupBy("source_code", "metric_code", "clock_code", "reason_code")
        .agg(
            count(lit(1)).as("tickets"),
            avg("difference").cast("decimal(18,1)").as("mean_difference"),
            max_by(
                    struct(col("difference"), col("ticket_key")),
                    // By the key, too, so that the report is the same every time.
                    struct(abs(col("difference")), col("ticket_key")))
                .as("largest"))
        .select(
            col("source_code"),
            col("metric_code"),
            col("clock_code"),
            col("reason_code"),
            col("tickets"),
            col("mean_difference"),
            col("largest.difference"),
            col("largest.ticket_key"))
        .sort(
            col("source_code"),
            col("metric_code"),
            col("clock_code"),
            col("tickets").desc(),
            col("reason_code"))
        .collectAsList();
  }
}
