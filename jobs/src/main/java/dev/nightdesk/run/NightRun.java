package dev.nightdesk.run;

import dev.nightdesk.contract.Contracts;
import dev.nightdesk.contract.TableContract;
import dev.nightdesk.io.DeltaTables;
import dev.nightdesk.io.RawArea;
import dev.nightdesk.io.RawFile;
import dev.nightdesk.io.WorkArea;
import dev.nightdesk.kpi.KpiEngine;
import dev.nightdesk.table.Inputs;
import dev.nightdesk.table.Night;
import dev.nightdesk.table.Table;
import java.sql.Date;
import java.time.Clock;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;

/** The steps of a night over one warehouse, each able to run on its own: stage, facts, kpis. */
final class NightRun {

  private final SparkSession spark;
  private final NightdeskConfig config;
  private final DeltaTables tables;
  private final WorkArea work;
  private final Progress progress;
  private final TableWriter writer;
  private final String runId;

  NightRun(SparkSession spark, NightdeskConfig config, Clock clock) {
    this.spark = spark;
    this.config = config;
    this.runId =
        DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss.SSS'Z'")
            .withZone(java.time.ZoneOffset.UTC)
            .format(clock.instant());
    this.progress = new Progress();
    this.tables =
        new DeltaTables(
            spark,
            config.warehouse(),
            "{\"run_id\":\"%s\",\"code_version\":\"%s\"}".formatted(runId, CodeVersion.text()));
    this.writer = new TableWriter(tables, progress);
    this.work = new WorkArea(spark, config.warehouse());
  }

  /** The tables of the warehouse. */
  DeltaTables tables() {
    return tables;
  }

  /** Reads what is new in the raw area, up to a date; null for all. */
  Staging.Result stage(LocalDate until) {
    progress.say("stage: " + config.raw() + " -> " + config.warehouse());
    RawArea raw = new RawArea(config.raw(), spark.sparkContext().hadoopConfiguration());
    Staging.Result result = new Staging(spark, config, tables, raw, runId, writer).run(until);
    record(result.logicalDate(), result.staged());
    return result;
  }

  /** Builds every dimension and fact table from the staged logs. */
  List<TableRun> facts() {
    Night night = night();
    Sessions.fit(spark, config.nightSize(), ingestedBytes());
    progress.say("facts: as of " + night.asOf());
    Map<String, Dataset<Row>> available = new LinkedHashMap<>();
    for (String staged : Warehouse.STAGED) {
      available.put(staged, Staging.live(tables, staged));
    }
    for (Table table : Warehouse.WORK) {
      available.put(
          table.name(),
          work.materialise(table.name(), table.build(Inputs.of(table, available), night)));
    }
    List<TableRun> written = writer.make(Warehouse.dimsAndFacts(), available, night);
    work.clear();
    record(night.logicalDate(), written);
    return written;
  }

  /** Computes every KPI table from the facts. */
  List<TableRun> kpis() {
    Night night = night();
    Sessions.fit(spark, config.nightSize(), ingestedBytes());
    progress.say("kpis: as of " + night.asOf());
    Map<String, Dataset<Row>> facts = new LinkedHashMap<>();
    for (Table table : Warehouse.dimsAndFacts()) {
      facts.put(table.name(), tables.readFiles(Contracts.of(table.name())));
    }
    Kpis kpis = Kpis.of(config);
    List<TableRun> written = new ArrayList<>();
    KpiEngine.Keeper keeper =
        (stage, rows) -> {
          if (isBase(stage)) {
            TableContract contract = kpis.contracts().of(stage);
            written.add(
                writer.write(DeltaTables.Change.REPLACE, new TableWriter.Rows(contract, rows, 0)));
            return tables.readFiles(contract);
          }
          // Written, not cached: what reads it then has a short plan, and planning is most of a
          // small
          // night.
          return work.materialise(stage, rows);
        };
    List<TableWriter.Rows> rows = new ArrayList<>();
    kpis.engine()
        .tables(facts, night, config.deliveredEntities(), keeper)
        .forEach(
            (table, tableRows) -> {
              // The keeper has written what the others are made of.
              if (!isBase(table)) {
                rows.add(new TableWriter.Rows(kpis.contracts().of(table), tableRows, 0));
              }
            });
    written.addAll(writer.write(DeltaTables.Change.REPLACE, rows));
    work.clear();
    written.addAll(ownTables(kpis, facts, night));
    record(night.logicalDate(), written);
    return written;
  }

  /**
   * The tables of their own, made of the KPI tables as they are written: none is computed twice.
   */
  private List<TableRun> ownTables(Kpis kpis, Map<String, Dataset<Row>> facts, Night night) {
    Map<String, Dataset<Row>> sources = new LinkedHashMap<>();
    for (String source : kpis.engine().sourcesOfOwnTables(config.deliveredEntities())) {
      sources.put(
          source,
          facts.containsKey(source)
              ? facts.get(source)
              : tables.readFiles(kpis.contracts().of(source)));
    }
    List<TableWriter.Rows> rows = new ArrayList<>();
    kpis.engine()
        .ownTables(sources, night, config.deliveredEntities())
        .forEach(
            (table, tableRows) ->
                rows.add(new TableWriter.Rows(kpis.contracts().of(table), tableRows, 0)));
    return writer.write(DeltaTables.Change.REPLACE, rows);
  }

  private static boolean isBase(String table) {
    return List.of(KpiEngine.CELL_DAY, KpiEngine.CELL_HOUR, KpiEngine.PART).contains(table);
  }

  /**
   * What a whole night did.
   *
   * @param night as of when
   * @param staged what it read
   * @param tables what it wrote, in order
   * @param seconds wall time
   */
  record Outcome(Night night, Staging.Result staged, List<TableRun> tables, double seconds) {}

  /** All steps, up to a date; null for all that the raw area holds. */
  Outcome nightly(LocalDate until) {
    long start = System.nanoTime();
    Staging.Result staged = stage(until);
    List<TableRun> written = new ArrayList<>(staged.staged());
    written.addAll(facts());
    written.addAll(kpis());
    return new Outcome(night(), staged, written, (System.nanoTime() - start) / 1e9);
  }

  /** The dates of the raw area after the latest ingested one, up to a date; null for all. */
  List<LocalDate> missingDates(LocalDate until) {
    LocalDate latest = latestIngested();
    RawArea raw = new RawArea(config.raw(), spark.sparkContext().hadoopConfiguration());
    return config.sources().stream()
        .flatMap(
            source ->
                source.entities().keySet().stream()
                    .flatMap(entity -> raw.list(source.name(), entity, until).stream()))
        .map(RawFile::date)
        .filter(date -> latest == null || date.isAfter(latest))
        .distinct()
        .sorted()
        .toList();
  }

  /**
   * The night of the latest ingested date.
   *
   * @throws NightdeskException with the exit code of bad input if nothing was ever staged
   */
  Night night() {
    LocalDate latest = latestIngested();
    if (latest == null) {
      throw NightdeskException.badInput(
          "The warehouse %s holds no dump yet. Run nightdesk stage or nightdesk nightly first."
              .formatted(config.warehouse()));
    }
    return new Night(latest, config.calendar(), config.definitions());
  }

  private long ingestedBytes() {
    Row sum = tables.read(Contracts.of("ingested_file")).agg(functions.sum("byte_count")).first();
    return sum.isNullAt(0) ? 0 : sum.getLong(0);
  }

  /** Null if nothing was ever ingested. */
  private LocalDate latestIngested() {
    Row latest = tables.read(Contracts.of("ingested_file")).agg(functions.max("dt")).first();
    return latest.isNullAt(0) ? null : latest.<Date>getAs(0).toLocalDate();
  }

  private void record(LocalDate logicalDate, List<TableRun> written) {
    if (written.isEmpty()) {
      return;
    }
    TableContract contract = Contracts.of("run");
    List<Row> rows = new ArrayList<>();
    for (TableRun table : written) {
      rows.add(
          RowFactory.create(
              runId,
              Date.valueOf(logicalDate),
              table.table(),
              table.version(),
              table.rowCount(),
              table.seconds(),
              table.inputFileCount(),
              CodeVersion.text()));
    }
    tables.write(
        contract,
        DeltaTables.Change.APPEND,
        spark.createDataFrame(rows, contract.schema()).coalesce(1));
  }
}
