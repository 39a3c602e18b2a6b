package dev.nightdesk.run;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count_if;
import static org.apache.spark.sql.functions.explode;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.not;

import dev.nightdesk.contract.DumpRecord;
import dev.nightdesk.io.RawReader;
import dev.nightdesk.run.Deliveries.Delivery;
import dev.nightdesk.staged.SourceMapping;
import dev.nightdesk.table.SideBySide;
import dev.nightdesk.table.Unions;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;

/**
 * What is in the dumps of a night: every file read to its end, every record typed and checked,
 * nothing written.
 *
 * @param typed the typed records of each delivery
 * @param files what each file holds, by its id
 * @param refused the refused records of a delivery, as rows of {@code rejected_row} without the
 *     run; a delivery without any is missing
 * @param ranked why records of a delivery were refused, with counts, the most frequent first; a
 *     delivery without refused records is missing
 */
record Inspection(
    Map<Delivery, Dataset<Row>> typed,
    Map<String, FileCounts> files,
    Map<Delivery, Dataset<Row>> refused,
    Map<Delivery, Map<String, Long>> ranked) {

  /** Planning a feed takes as long as reading the few files of a night. */
  private static final int PARTS = 3;

  /**
   * What one pass over the records finds in a file.
   *
   * @param feed source/entity
   * @param unknown fields that the contract does not know
   */
  record FileCounts(String feed, long records, long rejected, Set<String> unknown) {}

  /**
   * Reads what was delivered.
   *
   * @throws dev.nightdesk.io.UnreadableDump if a file cannot be read to its end
   */
  static Inspection of(SparkSession spark, List<Delivery> deliveries) {
    Inspection all =
        new Inspection(
            new LinkedHashMap<>(), new HashMap<>(), new LinkedHashMap<>(), new LinkedHashMap<>());
    for (Inspection part : SideBySide.all(PARTS, parts(spark, deliveries))) {
      all.typed.putAll(part.typed);
      all.files.putAll(part.files);
      all.refused.putAll(part.refused);
      all.ranked.putAll(part.ranked);
    }
    return all;
  }

  /** One is planned while another is counted. */
  private static List<Callable<Inspection>> parts(SparkSession spark, List<Delivery> deliveries) {
    int size = Math.max(1, (deliveries.size() + PARTS - 1) / PARTS);
    List<Callable<Inspection>> parts = new ArrayList<>();
    for (int first = 0; first < deliveries.size(); first += size) {
      List<Delivery> some = deliveries.subList(first, Math.min(first + size, deliveries.size()));
      parts.add(() -> part(spark, some));
    }
    return parts;
  }

  private static Inspection part(SparkSession spark, List<Delivery> deliveries) {
    Map<Delivery, Dataset<Row>> typed = new LinkedHashMap<>();
    for (Delivery delivery : deliveries) {
      typed.put(delivery, delivery.feed().mapping().typed(spark, records(spark, delivery, false)));
    }
    Map<String, FileCounts> counts = count(typed);
    Map<Delivery, Dataset<Row>> refused = new LinkedHashMap<>();
    Map<Delivery, Map<String, Long>> ranked = new LinkedHashMap<>();
    for (Delivery delivery : deliveries) {
      if (sum(delivery, counts, FileCounts::rejected) > 0) {
        SourceMapping mapping = delivery.feed().mapping();
        refused.put(
            delivery, mapping.rejected(mapping.traced(spark, records(spark, delivery, true))));
        ranked.put(delivery, rank(refused.get(delivery)));
      }
    }
    return new Inspection(typed, counts, refused, ranked);
  }

  private static JavaRDD<DumpRecord> records(
      SparkSession spark, Delivery delivery, boolean isTraced) {
    return new RawReader(spark).read(delivery.files(), delivery.feed().format(), isTraced);
  }

  private static long sum(
      Delivery delivery, Map<String, FileCounts> counts, ToLongFunction<FileCounts> number) {
    return delivery.files().values().stream().map(counts::get).mapToLong(number).sum();
  }

  /** Records of a delivery. */
  long recordCount(Delivery delivery) {
    return sum(delivery, files, FileCounts::records);
  }

  /** Refused records of a delivery. */
  long rejectedCount(Delivery delivery) {
    return sum(delivery, files, FileCounts::rejected);
  }

  /** Records of all. */
  long recordCount() {
    return files.values().stream().mapToLong(FileCounts::records).sum();
  }

  /** Refused records of all. */
  long rejectedCount() {
    return files.values().stream().mapToLong(FileCounts::rejected).sum();
  }

  /** Why records were refused, by source/entity and reason, the most frequent first. */
  Map<String, Long> reasons() {
    Map<String, Long> reasons = new LinkedHashMap<>();
    ranked.forEach(
        (delivery, ofDelivery) ->
            ofDelivery.forEach(
                (reason, count) ->
                    reasons.merge(delivery.feed().name() + ": " + reason, count, Long::sum)));
    return mostFrequentFirst(reasons);
  }

  /** Fields that no contract knows, as source/entity/field. */
  Set<String> unknownFields() {
    Set<String> unknown = new TreeSet<>();
    files
        .values()
        .forEach(file -> file.unknown().forEach(field -> unknown.add(file.feed() + "/" + field)));
    return unknown;
  }

  /**
   * Lets a night go on that has few refused records.
   *
   * @param limit share of an entity's records that may be refused
   * @throws NightdeskException with the exit code of bad input, naming every entity above it
   */
  void requireFewRejected(double limit) {
    List<String> broken = new ArrayList<>();
    ranked.forEach(
        (delivery, reasons) -> {
          long read = recordCount(delivery);
          long rejected = rejectedCount(delivery);
          if (rejected > limit * read) {
            broken.add(
                "%d of %d records of %s were refused, more than max-rejected-ratio %s allows: %s"
                    .formatted(rejected, read, delivery.feed().name(), limit, reasons));
          }
        });
    if (!broken.isEmpty()) {
      throw NightdeskException.badInput(
          "%s. Have the dump mended, or raise max-rejected-ratio if you accept the loss; nothing was published."
              .formatted(String.join("; ", broken)));
    }
  }

  /** It reads every file to its end, so that a broken one is found before any write. */
  private static Map<String, FileCounts> count(Map<Delivery, Dataset<Row>> typed) {
    List<Dataset<Row>> feeds = new ArrayList<>();
    for (Map.Entry<Delivery, Dataset<Row>> entry : typed.entrySet()) {
      feeds.add(
          entry
              .getValue()
              .select(
                  lit(entry.getKey().feed().name()).as("feed"),
                  col(SourceMapping.FILE_ID),
                  SourceMapping.isGood().as("is_good"),
                  col(SourceMapping.UNKNOWN)));
    }
    Dataset<Row> all =
        Unions.of(feeds)
            .groupBy(col("feed"), col(SourceMapping.FILE_ID))
            .agg(
                functions.count(lit(1)).as("records"),
                count_if(not(col("is_good"))).as("rejected"),
                functions
                    .array_distinct(
                        functions.flatten(functions.collect_set(col(SourceMapping.UNKNOWN))))
                    .as("unknown"));
    Map<String, FileCounts> counts = new HashMap<>();
    for (Row row : all.collectAsList()) {
      counts.put(
          row.getAs(SourceMapping.FILE_ID),
          new FileCounts(
              row.getAs("feed"),
              row.<Long>getAs("records"),
              row.<Long>getAs("rejected"),
              new TreeSet<>(row.<String>getList(row.fieldIndex("unknown")))));
    }
    // A file without records (a header, an empty page) has no row of its own.
    typed
        .keySet()
        .forEach(
            delivery ->
                delivery
                    .files()
                    .values()
                    .forEach(
                        id ->
                            counts.putIfAbsent(
                                id, new FileCounts(delivery.feed().name(), 0, 0, Set.of()))));
    return counts;
  }

  /** Reasons without the values that they quote, with their counts. */
  private static Map<String, Long> rank(Dataset<Row> refused) {
    Map<String, Long> ranked = new LinkedHashMap<>();
    Dataset<Row> reasons =
        refused
            .select(explode(col("reasons")).as("reason"))
            .withColumn("reason", functions.regexp_replace(col("reason"), "(?s): .*", ""))
            .groupBy("reason")
            .count();
    for (Row row : reasons.collectAsList()) {
      ranked.put(row.getString(0), row.getLong(1));
    }
    return mostFrequentFirst(ranked);
  }

  private static Map<String, Long> mostFrequentFirst(Map<String, Long> counts) {
    return counts.entrySet().stream()
        .sorted(
            Map.Entry.<String, Long>comparingByValue(Comparator.reverseOrder())
                .thenComparing(Map.Entry.comparingByKey()))
        .collect(
            Collectors.toMap(
                Map.Entry::getKey, Map.Entry::getValue, (a, b) -> a, LinkedHashMap::new));
  }
}
