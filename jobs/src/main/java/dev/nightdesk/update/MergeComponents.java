package dev.nightdesk.update;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.Map;
import java.util.Set;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.StructType;

/**
 * Tickets with all that were ever merged into them or that they were merged into, however long the
 * chain: messages and calls go along it, so they are read together.
 *
 * <p>Merges are few, so one task holds them all.
 */
final class MergeComponents {

  private static final StructType SCHEMA = StructType.fromDDL("ticket_key string");

  private MergeComponents() {}

  /**
   * The merges that any version of any record tells: ticket_key, other_key. Also those that were
   * taken back or are not known yet, because a superset does no harm.
   */
  static Dataset<Row> merges(Dataset<Row> tickets, Dataset<Row> events) {
    return tickets
        .filter(col("merged_into_key").isNotNull())
        .select(col("ticket_key"), col("merged_into_key").as("other_key"))
        .union(
            events
                .filter(col("event_type_code").equalTo("merge").and(col("new_value").isNotNull()))
                .select(col("ticket_key"), col("new_value").as("other_key")));
  }

  /** One row per ticket that is one of {@code tickets} or connected with one: ticket_key. */
  static Dataset<Row> of(Dataset<Row> tickets, Dataset<Row> merges) {
    MapPartitionsFunction<Row, Row> connect = MergeComponents::connected;
    return tickets
        .select(col("ticket_key"), lit(null).cast("string").as("other_key"))
        .union(merges)
        .repartition(1)
        .mapPartitions(connect, Encoders.row(SCHEMA));
  }

  private static Iterator<Row> connected(Iterator<Row> rows) {
    Map<String, String> parents = new HashMap<>();
    Set<String> wanted = new HashSet<>();
    while (rows.hasNext()) {
      Row row = rows.next();
      if (row.isNullAt(1)) {
        wanted.add(row.getString(0));
      } else {
        String a = root(parents, row.getString(0));
        String b = root(parents, row.getString(1));
        parents.put(a, b);
        parents.put(b, b);
      }
    }
    Set<String> wantedRoots = new HashSet<>();
    wanted.forEach(key -> wantedRoots.add(root(parents, key)));
    for (String key : Set.copyOf(parents.keySet())) {
      if (wantedRoots.contains(root(parents, key))) {
        wanted.add(key);
      }
    }
    return wanted.stream().<Row>map(key -> RowFactory.create(key)).iterator();
  }

  private static String root(Map<String, String> parents, String key) {
    String root = key;
    while (parents.containsKey(root) && !parents.get(root).equals(root)) {
      root = parents.get(root);
    }
    // Everything on the way points to the root, so that a long chain is walked once.
    String on = key;
    while (!on.equals(root)) {
      on = parents.put(on, root);
    }
    return root;
  }
}
