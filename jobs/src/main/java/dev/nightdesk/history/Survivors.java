package dev.nightdesk.history;

import static org.apache.spark.sql.functions.broadcast;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.unix_date;
import static org.apache.spark.sql.functions.unix_micros;

import dev.nightdesk.logic.AuthorClass;
import dev.nightdesk.logic.Change;
import dev.nightdesk.logic.Entry;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.StructType;

/**
 * Which ticket survives each ticket that was merged away, at the end of every chain of merges.
 *
 * <p>Merged tickets are few, so one task resolves them all in memory: any length of chain, in one
 * pass. Tickets that are merged into each other in a circle have no survivor and keep their
 * messages.
 */
final class Survivors {

  private static final StructType SCHEMA =
      StructType.fromDDL("ticket_key string, survivor_key string");

  private Survivors() {}

  /**
   * One row per ticket merged away: ticket_key, survivor_key.
   *
   * @param asOf merges at or after it are not known yet, in microseconds
   */
  static Dataset<Row> of(Dataset<Row> tickets, Dataset<Row> events, long asOf) {
    Dataset<Row> merges = events.filter(col("event_type_code").equalTo("merge"));
    Dataset<Row> candidates =
        tickets
            .filter(col("merged_into_key").isNotNull())
            .select("ticket_key")
            .union(merges.select("ticket_key"))
            .distinct();
    Column[] version = {
      unix_micros(col("version_at")).as("version_at"),
      unix_date(col("dt")).as("dt"),
      col("content_hash")
    };
    // All versions of a candidate: the newest may have no merge any more.
    Dataset<Row> ticketVersions =
        tickets
            .join(broadcast(candidates), new String[] {"ticket_key"}, "left_semi")
            .select(
                col("ticket_key"),
                lit(null).cast("string").as("event_id"),
                lit(0L).as("occurred_at"),
                lit(0L).as("sequence"),
                col("merged_into_key").as("target_key"),
                version[0],
                version[1],
                version[2]);
    Dataset<Row> mergeVersions =
        merges.select(
            col("ticket_key"),
            col("event_id"),
            unix_micros(col("occurred_at")).as("occurred_at"),
            coalesce(col("sequence"), lit(0L)).as("sequence"),
            col("new_value").as("target_key"),
            version[0],
            version[1],
            version[2]);
    MapPartitionsFunction<Row, Row> resolve = rows -> resolve(rows, asOf);
    return ticketVersions
        .union(mergeVersions)
        .repartition(1)
        .mapPartitions(resolve, Encoders.row(SCHEMA));
  }

  private static Iterator<Row> resolve(Iterator<Row> rows, long asOf) {
    Map<List<String>, Row> newest = new HashMap<>();
    while (rows.hasNext()) {
      Row row = rows.next();
      newest.merge(Arrays.asList(row.getString(0), row.getString(1)), row, Survivors::newer);
    }
    Map<String, String> byTicket = new HashMap<>();
    Map<String, Change> byChange = new HashMap<>();
    for (Row row : newest.values()) {
      if (row.isNullAt(1)) {
        if (!row.isNullAt(4)) {
          byTicket.put(row.getString(0), row.getString(4));
        }
      } else if (row.getLong(2) < asOf) {
        Change merge =
            new Change(
                row.getLong(2),
                row.getLong(3),
                row.getString(1),
                "merge",
                null,
                row.getString(4),
                null,
                AuthorClass.UNKNOWN);
        byChange.merge(row.getString(0), merge, (a, b) -> Entry.ORDER.compare(a, b) >= 0 ? a : b);
      }
    }
    Map<String, String> targets = new HashMap<>();
    byChange.forEach(
        (ticket, merge) -> {
          if (merge.newValue() != null) {
            targets.put(ticket, merge.newValue());
          }
        });
    targets.putAll(byTicket);
    List<Row> survivors = new ArrayList<>();
    for (String ticket : targets.keySet()) {
      String survivor = survivor(ticket, targets);
      if (survivor != null) {
        survivors.add(RowFactory.create(ticket, survivor));
      }
    }
    return survivors.iterator();
  }

  private static Row newer(Row a, Row b) {
    int order = Long.compare(a.getLong(5), b.getLong(5));
    order = order != 0 ? order : Integer.compare(a.getInt(6), b.getInt(6));
    order = order != 0 ? order : a.getString(7).compareTo(b.getString(7));
    return order >= 0 ? a : b;
  }

  private static String survivor(String ticket, Map<String, String> targets) {
    Set<String> seen = new HashSet<>();
    String survivor = ticket;
    while (targets.containsKey(survivor)) {
      if (!seen.add(survivor)) {
        return null;
      }
      survivor = targets.get(survivor);
    }
    return survivor;
  }
}
