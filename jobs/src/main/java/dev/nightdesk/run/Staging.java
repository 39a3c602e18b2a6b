package dev.nightdesk.run;

import static org.apache.spark.sql.functions.broadcast;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count_if;
import static org.apache.spark.sql.functions.explode;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.not;

import dev.nightdesk.contract.Contracts;
import dev.nightdesk.contract.TableContract;
import dev.nightdesk.io.NightTables;
import dev.nightdesk.io.RawFile;
import dev.nightdesk.io.RawReader;
import dev.nightdesk.run.Deliveries.Delivery;
import dev.nightdesk.run.Deliveries.Feed;
import dev.nightdesk.run.Deliveries.Found;
import dev.nightdesk.staged.MessageSentiment;
import dev.nightdesk.staged.SourceMapping;
import java.sql.Date;
import java.sql.Timestamp;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;

/**
 * Reads the raw files that the warehouse does not hold yet into the staged logs.
 *
 * <p>A file counts once {@code ingested_file} names it, and that table is written last: what a
 * night left behind that failed before is in the logs, but no reader sees it.
 */
final class Staging {

  private final SparkSession spark;
  private final NightdeskConfig config;
  private final NightTables tables;
  private final String runId;
  private final TableWriter writer;

  Staging(
      SparkSession spark,
      NightdeskConfig config,
      NightTables tables,
      String runId,
      TableWriter writer) {
    this.spark = spark;
    this.config = config;
    this.tables = tables;
    this.runId = runId;
    this.writer = writer;
  }

  /**
   * What a night read.
   *
   * @param logicalDate the latest ingested date, this night included; null if nothing was ever
   *     ingested
   * @param fileCount new files
   * @param recordCount records in them
   * @param rejectedCount refused records
   * @param reasons reasons with their counts, the most frequent first
   * @param unknownFields fields that no contract knows, as source/entity/field
   * @param staged tables written, in rows
   */
  record Result(
      LocalDate logicalDate,
      long fileCount,
      long recordCount,
      long rejectedCount,
      Map<String, Long> reasons,
      Set<String> unknownFields,
      List<TableRun> staged) {

    /** Nothing new up to a date. */
    static Result nothing(LocalDate logicalDate) {
      return new Result(logicalDate, 0, 0, 0, Map.of(), Set.of(), List.of());
    }

    /** Whether the night has no reason to go on. */
    boolean isNothing() {
      return staged.isEmpty();
    }
  }

  /**
   * Stages what was found.
   *
   * @throws NightdeskException with the exit code of bad input for too many refused records
   */
  Result stage(Found found) {
    List<Delivery> deliveries = found.deliveries();
    Sessions.fit(
        spark,
        config.nightSize(),
        deliveries.stream()
            .flatMap(delivery -> delivery.files().keySet().stream())
            .mapToLong(RawFile::bytes)
            .sum());
    Map<Delivery, Dataset<Row>> typed = new LinkedHashMap<>();
    for (Delivery delivery : deliveries) {
      Dataset<Row> records = new RawReader(spark).read(delivery.files(), delivery.feed().format());
      typed.put(delivery, delivery.feed().mapping().typed(records));
    }
    Map<String, FileCounts> counts = count(typed);
    Map<String, Long> reasons = requireFewRejected(typed, counts);
    List<TableRun> written = new ArrayList<>();
    List<TableWriter.Rows> rows = new ArrayList<>();
    for (String entity : stagedEntities(deliveries)) {
      rows.add(staged(entity, typed));
    }
    written.addAll(writer.write(TableWriter.Change.APPEND, rows));
    if (!reasons.isEmpty()) {
      written.add(appendRejected(withRejected(typed, counts)));
    } else if (found.isFirst()) {
      // Whoever asks what was refused gets the answer "nothing", not an error.
      TableContract contract = Contracts.of("rejected_row");
      written.add(
          writer.write(
              TableWriter.Change.APPEND, new TableWriter.Rows(contract, tables.now(contract), 0)));
    }
    written.add(appendFiles(deliveries, counts));
    return new Result(
        found.latest(),
        counts.size(),
        counts.values().stream().mapToLong(FileCounts::records).sum(),
        counts.values().stream().mapToLong(FileCounts::rejected).sum(),
        reasons,
        unknownFields(counts),
        written);
  }

  /**
   * What one pass over the records finds in each file.
   *
   * @param unknown fields that the contract does not know
   */
  private record FileCounts(String feed, long records, long rejected, Set<String> unknown) {}

  /**
   * One job over all entities: it reads every file to its end, so that a broken one is found before
   * any write.
   */
  private Map<String, FileCounts> count(Map<Delivery, Dataset<Row>> typed) {
    Dataset<Row> all = null;
    for (Map.Entry<Delivery, Dataset<Row>> entry : typed.entrySet()) {
      Dataset<Row> one =
          entry
              .getValue()
              .select(
                  lit(entry.getKey().feed().name()).as("feed"),
                  col(RawReader.FILE_ID),
                  SourceMapping.isGood().as("is_good"),
                  col(RawReader.UNKNOWN));
      all = all == null ? one : all.unionByName(one);
    }
    all =
        all.groupBy(col("feed"), col(RawReader.FILE_ID))
            .agg(
                functions.count(lit(1)).as("records"),
                count_if(not(col("is_good"))).as("rejected"),
                functions
                    .array_distinct(
                        functions.flatten(functions.collect_set(col(RawReader.UNKNOWN))))
                    .as("unknown"));
    Map<String, FileCounts> counts = new HashMap<>();
    for (Row row : all.collectAsList()) {
      counts.put(
          row.getAs("_file_id"),
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

  private Map<String, Long> requireFewRejected(
      Map<Delivery, Dataset<Row>> typed, Map<String, FileCounts> counts) {
    Map<String, Long> reasons = new LinkedHashMap<>();
    List<String> broken = new ArrayList<>();
    typed.forEach(
        (delivery, records) -> {
          long read = 0;
          long rejected = 0;
          for (String id : delivery.files().values()) {
            read += counts.get(id).records();
            rejected += counts.get(id).rejected();
          }
          if (rejected == 0) {
            return;
          }
          Map<String, Long> ranked = rank(delivery, records);
          ranked.forEach(
              (reason, count) ->
                  reasons.merge(delivery.feed().name() + ": " + reason, count, Long::sum));
          if (rejected > config.maxRejectedRatio() * read) {
            broken.add(
                "%d of %d records of %s were refused, more than max-rejected-ratio %s allows: %s"
                    .formatted(
                        rejected, read, delivery.feed().name(), config.maxRejectedRatio(), ranked));
          }
        });
    if (!broken.isEmpty()) {
      throw NightdeskException.badInput(
          "%s. Have the dump mended, or raise max-rejected-ratio if you accept the loss; nothing was published."
              .formatted(String.join("; ", broken)));
    }
    return mostFrequentFirst(reasons);
  }

  /** Reasons without the values that they quote, with their counts. */
  private Map<String, Long> rank(Delivery delivery, Dataset<Row> typed) {
    Map<String, Long> ranked = new LinkedHashMap<>();
    Dataset<Row> reasons =
        delivery
            .feed()
            .mapping()
            .rejected(typed)
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

  private TableWriter.Rows staged(String entity, Map<Delivery, Dataset<Row>> typed) {
    TableContract contract = Contracts.of("stg_" + entity);
    Dataset<Row> rows = null;
    long files = 0;
    for (Map.Entry<Delivery, Dataset<Row>> entry : typed.entrySet()) {
      Feed feed = entry.getKey().feed();
      if (feed.contract().mappings().containsKey(entity)) {
        Dataset<Row> staged = feed.mapping().staged(entry.getValue(), entity, contract);
        rows = rows == null ? staged : rows.unionByName(staged);
        files += entry.getKey().files().size();
      }
    }
    if (entity.equals("message")) {
      rows = MessageSentiment.of(rows, config.definitions().sentimentLanguage());
    }
    if (entity.equals("message") && config.messageText() == NightdeskConfig.MessageText.DROPPED) {
      rows = rows.withColumn("body_text", lit(null).cast("string"));
    }
    return new TableWriter.Rows(contract, rows, files);
  }

  private static Map<Delivery, Dataset<Row>> withRejected(
      Map<Delivery, Dataset<Row>> typed, Map<String, FileCounts> counts) {
    Map<Delivery, Dataset<Row>> some = new LinkedHashMap<>(typed);
    some.keySet()
        .removeIf(
            delivery ->
                delivery.files().values().stream().allMatch(id -> counts.get(id).rejected() == 0));
    return some;
  }

  private TableRun appendRejected(Map<Delivery, Dataset<Row>> typed) {
    TableContract contract = Contracts.of("rejected_row");
    Dataset<Row> rows = null;
    for (Map.Entry<Delivery, Dataset<Row>> entry : typed.entrySet()) {
      Dataset<Row> rejected =
          entry
              .getKey()
              .feed()
              .mapping()
              .rejected(entry.getValue())
              .withColumn("run_id", lit(runId));
      rows = rows == null ? rejected : rows.unionByName(rejected);
    }
    return writer.write(TableWriter.Change.APPEND, new TableWriter.Rows(contract, rows, 0));
  }

  private TableRun appendFiles(List<Delivery> deliveries, Map<String, FileCounts> counts) {
    TableContract contract = Contracts.of("ingested_file");
    List<Row> rows = new ArrayList<>();
    for (Delivery delivery : deliveries) {
      delivery
          .files()
          .forEach(
              (file, id) ->
                  rows.add(
                      RowFactory.create(
                          id,
                          file.source(),
                          file.entity(),
                          Date.valueOf(file.date()),
                          file.path(),
                          file.bytes(),
                          new Timestamp(file.modifiedAtMillis()),
                          counts.get(id).records(),
                          counts.get(id).rejected(),
                          delivery.superseded().get(id),
                          runId)));
    }
    return writer.write(
        TableWriter.Change.APPEND,
        new TableWriter.Rows(
            contract, spark.createDataFrame(rows, contract.schema()).coalesce(1), rows.size()));
  }

  private static Set<String> unknownFields(Map<String, FileCounts> counts) {
    Set<String> unknown = new TreeSet<>();
    counts
        .values()
        .forEach(file -> file.unknown().forEach(field -> unknown.add(file.feed() + "/" + field)));
    return unknown;
  }

  /**
   * The rows of a staged table that count: those of files that were ingested whole and not
   * superseded.
   */
  static Dataset<Row> live(NightTables tables, String table) {
    Dataset<Row> files = tables.now(Contracts.of("ingested_file"));
    Dataset<Row> superseded =
        files
            .filter(col("superseded_file_id").isNotNull())
            .select(col("superseded_file_id").as("file_id"));
    Dataset<Row> liveFiles = files.select("file_id").join(superseded, "file_id", "left_anti");
    return tables
        .now(Contracts.of(table))
        .join(broadcast(liveFiles), "file_id", "left_semi")
        .select(columns(table));
  }

  private static Column[] columns(String table) {
    return Contracts.of(table).columns().stream()
        .map(column -> col(column.name()))
        .toArray(Column[]::new);
  }

  private static List<String> stagedEntities(List<Delivery> deliveries) {
    return deliveries.stream()
        .flatMap(delivery -> delivery.feed().contract().mappings().keySet().stream())
        .distinct()
        .toList();
  }
}
