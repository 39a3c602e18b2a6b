package dev.nightdesk.run;

import static org.apache.spark.sql.functions.broadcast;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;

import dev.nightdesk.contract.Contracts;
import dev.nightdesk.contract.TableContract;
import dev.nightdesk.io.NightTables;
import dev.nightdesk.publish.Phase;
import dev.nightdesk.run.Deliveries.Delivery;
import dev.nightdesk.run.Deliveries.Feed;
import dev.nightdesk.run.Deliveries.Found;
import dev.nightdesk.staged.MessageSentiment;
import dev.nightdesk.table.Replacement;
import java.sql.Date;
import java.sql.Timestamp;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;

/**
 * Reads the raw files that the warehouse does not hold yet into the staged logs.
 *
 * <p>A file counts once {@code ingested_file} names it, and that table is written last: what a
 * night left behind that failed before is in the logs, but no reader sees it.
 */
final class Staging {

  private static final TableContract REJECTED = Contracts.of("rejected_row");

  private final SparkSession spark;
  private final NightdeskConfig config;
  private final NightTables tables;
  private final String runId;
  private final Phases phases;
  private final TableWriter writer;

  Staging(
      SparkSession spark,
      NightdeskConfig config,
      NightTables tables,
      String runId,
      Phases phases,
      TableWriter writer) {
    this.spark = spark;
    this.config = config;
    this.tables = tables;
    this.runId = runId;
    this.phases = phases;
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
   * @param isNothing whether the night has no reason to go on
   */
  record Result(
      LocalDate logicalDate,
      long fileCount,
      long recordCount,
      long rejectedCount,
      Map<String, Long> reasons,
      Set<String> unknownFields,
      List<TableRun> staged,
      boolean isNothing) {

    /** Nothing new up to a date. */
    static Result nothing(LocalDate logicalDate) {
      return new Result(logicalDate, 0, 0, 0, Map.of(), Set.of(), List.of(), true);
    }
  }

  /**
   * Stages what was found.
   *
   * @throws NightdeskException with the exit code of bad input for too many refused records
   */
  Result stage(Found found) {
    List<Delivery> deliveries = found.deliveries();
    Sessions.fit(spark, config.nightSize(), found.byteCount());
    Inspection dumps =
        phases.during(Phase.other("check of dumps"), () -> Inspection.of(spark, deliveries));
    dumps.requireFewRejected(config.maxRejectedRatio());
    List<TableRun> written = new ArrayList<>();
    if (!deliveries.isEmpty()) {
      written.addAll(found.againFileIds().isEmpty() ? append(dumps, found) : replace(dumps));
    }
    return new Result(
        found.latest(),
        dumps.files().size(),
        dumps.recordCount(),
        dumps.rejectedCount(),
        dumps.reasons(),
        dumps.unknownFields(),
        written,
        false);
  }

  private List<TableRun> append(Inspection dumps, Found found) {
    List<TableWriter.Rows> rows = new ArrayList<>();
    for (String entity : stagedEntities(found.deliveries())) {
      rows.add(staged(entity, dumps.typed()));
    }
    if (!dumps.reasons().isEmpty()) {
      rows.add(new TableWriter.Rows(REJECTED, rejected(dumps), 0));
    } else if (found.isFirst()) {
      // Whoever asks what was refused gets the answer "nothing", not an error.
      rows.add(new TableWriter.Rows(REJECTED, tables.now(REJECTED), 0));
    }
    List<TableRun> written = new ArrayList<>(writer.write(TableWriter.Change.APPEND, rows));
    written.add(writer.write(TableWriter.Change.APPEND, files(dumps)));
    return written;
  }

  /** Files that the warehouse holds already are read again: their rows take the former's place. */
  private List<TableRun> replace(Inspection dumps) {
    Dataset<Row> ids =
        spark.createDataFrame(
            dumps.files().keySet().stream().sorted().map(RowFactory::create).toList(),
            new StructType().add("file_id", "string"));
    List<TableWriter.Rows> rows = new ArrayList<>();
    for (String entity : stagedEntities(List.copyOf(dumps.typed().keySet()))) {
      rows.add(staged(entity, dumps.typed()));
    }
    rows.add(
        new TableWriter.Rows(
            REJECTED,
            dumps.refused().isEmpty() ? tables.now(REJECTED).limit(0) : rejected(dumps),
            0));
    rows.add(files(dumps));
    List<TableRun> written = new ArrayList<>();
    for (TableWriter.Rows table : rows) {
      written.add(
          writer.replace(
              table.contract(),
              new Replacement(List.of("file_id"), ids, table.rows()),
              table.inputFileCount()));
    }
    return written;
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

  /** The refused records; there must be some. */
  private Dataset<Row> rejected(Inspection dumps) {
    return dumps.refused().values().stream()
        .reduce(Dataset::unionByName)
        .orElseThrow()
        .withColumn("run_id", lit(runId));
  }

  private TableWriter.Rows files(Inspection dumps) {
    TableContract contract = Contracts.of("ingested_file");
    List<Row> rows = new ArrayList<>();
    for (Delivery delivery : dumps.typed().keySet()) {
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
                          dumps.files().get(id).records(),
                          dumps.files().get(id).rejected(),
                          delivery.superseded().get(id),
                          runId)));
    }
    return new TableWriter.Rows(
        contract, spark.createDataFrame(rows, contract.schema()).coalesce(1), rows.size());
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
