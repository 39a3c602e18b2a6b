package dev.nightdesk.run;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.concat;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.sum;

import dev.nightdesk.audit.Audit;
import dev.nightdesk.audit.AuditResult;
import dev.nightdesk.audit.AuditedKpis;
import dev.nightdesk.audit.AuditedTables;
import dev.nightdesk.audit.Restatements;
import dev.nightdesk.audit.VolumeAudit;
import dev.nightdesk.audit.VolumeAudit.Volume;
import dev.nightdesk.contract.Contracts;
import dev.nightdesk.contract.TableContract;
import dev.nightdesk.io.NightTables;
import dev.nightdesk.kpi.Breakdown;
import dev.nightdesk.kpi.KpiEngine;
import dev.nightdesk.publish.Manifest;
import dev.nightdesk.publish.Phase;
import dev.nightdesk.run.NightOrder.OddVolumes;
import dev.nightdesk.table.Night;
import dev.nightdesk.table.SideBySide;
import java.sql.Date;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;

/**
 * The fourth step of a night: judges what it built, and notes which published figures it changes.
 */
final class AuditStep {

  /** What the rows of {@link #rows} are. */
  static final TableContract RESULT = Contracts.of("audit_result");

  /** Most of them have many small questions, whose plans take longer than their answers. */
  private static final int PARTS_AT_A_TIME = 2;

  private static final int MOST_SHOWN = 20;
  private static final TableContract RESTATEMENT = Contracts.of("kpi_restatement");
  private static final TableContract INGESTED = Contracts.of("ingested_file");

  private final NightdeskConfig config;
  private final Kpis kpis;
  private final OpenNight open;
  private final NightTables tables;
  private final Function<String, TableContract> contracts;
  private final Phases phases;
  private final Progress progress;
  private final Map<String, Dataset<Row>> written = new ConcurrentHashMap<>();
  private final Map<String, Dataset<Row>> whole = new ConcurrentHashMap<>();

  AuditStep(
      NightdeskConfig config,
      OpenNight open,
      Function<String, TableContract> contracts,
      Phases phases,
      Progress progress) {
    this.config = config;
    this.kpis = Kpis.of(config);
    this.open = open;
    this.tables = open.tables();
    this.contracts = contracts;
    this.phases = phases;
    this.progress = progress;
  }

  /** Every rule held against the night, those about the dumps first. */
  List<AuditResult> results() {
    Map<String, Supplier<List<AuditResult>>> parts = new LinkedHashMap<>();
    parts.put(
        "rules of volumes",
        () -> new VolumeAudit(config.volumeLimits(), this::isPromised).results(volumes()));
    parts.putAll(
        new Audit(
                new Candidates(),
                new AuditedKpis(kpis.catalog(), kpis.breakdowns(), config.deliveredEntities()),
                contracts)
            .parts());
    List<Callable<List<AuditResult>>> asked = new ArrayList<>();
    parts.forEach((part, results) -> asked.add(() -> phases.during(Phase.other(part), results)));
    return SideBySide.all(PARTS_AT_A_TIME, asked).stream().flatMap(List::stream).toList();
  }

  /** The tables of the night, of which nobody sees anything yet. */
  private final class Candidates implements AuditedTables {

    @Override
    public boolean areSmall() {
      return Sessions.isSmall(SparkSession.active());
    }

    @Override
    public List<TableContract> changed() {
      List<TableContract> all = new ArrayList<>();
      Warehouse.dimsAndFacts().forEach(table -> all.add(Contracts.of(table.name())));
      all.addAll(kpis.contracts().all());
      return all.stream().filter(tables::isChanged).toList();
    }

    @Override
    public Dataset<Row> written(TableContract table) {
      return written.computeIfAbsent(table.table(), name -> tables.written(table));
    }

    @Override
    public Dataset<Row> whole(TableContract table) {
      return whole.computeIfAbsent(table.table(), name -> tables.now(table));
    }
  }

  private boolean isPromised(String feed) {
    String[] names = feed.split("/");
    return config.sources().stream()
        .anyMatch(
            source ->
                source.name().equals(names[0])
                    && source.entities().containsKey(names[1])
                    && source.entities().get(names[1]).promise()
                        == SourceConfig.Promise.EVERY_DATE);
  }

  /** Records per feed and date; none for the first night, which has none before it. */
  private List<Volume> volumes() {
    if (open.manifest().base().isNone()) {
      return List.of();
    }
    Dataset<Row> files = tables.now(INGESTED);
    Dataset<Row> superseded =
        files
            .filter(col("superseded_file_id").isNotNull())
            .select(col("superseded_file_id").as("file_id"));
    Dataset<Row> known = tables.before(INGESTED).select(col("file_id").as("known_id"));
    List<Volume> volumes = new ArrayList<>();
    files
        .join(superseded, files.col("file_id").equalTo(superseded.col("file_id")), "left_anti")
        .join(known, col("file_id").equalTo(col("known_id")), "left_outer")
        .groupBy(concat(col("source_code"), lit("/"), col("entity")).as("feed"), col("dt"))
        .agg(sum("row_count").as("records"), max(col("known_id").isNull()).as("is_new"))
        .collectAsList()
        .forEach(
            row ->
                volumes.add(
                    new Volume(
                        row.getAs("feed"),
                        row.<Date>getAs("dt").toLocalDate(),
                        row.<Long>getAs("records"),
                        row.<Boolean>getAs("is_new"))));
    return volumes;
  }

  /** Results as rows of {@code audit_result}. */
  List<Row> rows(List<AuditResult> results, OddVolumes volumes, Instant at) {
    List<Row> rows = new ArrayList<>();
    for (AuditResult result : results) {
      rows.add(
          RowFactory.create(
              open.manifest().head().runId(),
              Timestamp.from(at),
              Date.valueOf(open.manifest().head().night()),
              result.rule().code(),
              result.table(),
              result.segment(),
              result.isPassed(),
              !result.isPassed() && isAccepted(result, volumes),
              result.expected(),
              result.found()));
    }
    return rows;
  }

  private static boolean isAccepted(AuditResult result, OddVolumes volumes) {
    return volumes == OddVolumes.ACCEPT && result.rule().isOfVolume();
  }

  /**
   * Ends a night that broke a rule, unless it is a rule of volume and somebody accepts that.
   *
   * @throws NightdeskException with the exit code of a failed audit, naming what broke which rule
   */
  void refuse(List<AuditResult> results, OddVolumes volumes) {
    List<AuditResult> broken = results.stream().filter(result -> !result.isPassed()).toList();
    List<AuditResult> refused =
        broken.stream().filter(result -> !isAccepted(result, volumes)).toList();
    if (!refused.isEmpty()) {
      throw NightdeskException.auditFailed(text(refused));
    }
    progress.say("audit: %d rules hold".formatted(results.size() - broken.size()));
    if (!broken.isEmpty()) {
      broken.forEach(result -> progress.say("accepted: " + result.text()));
      open.save(open.manifest().acceptingVolumes());
    }
  }

  private String text(List<AuditResult> refused) {
    boolean isOfVolumeOnly = refused.stream().allMatch(result -> result.rule().isOfVolume());
    return "The night of %s is not published, readers keep the one before: %d results of its audit are bad (all are in audit_result).%n%s%n%s"
        .formatted(
            open.manifest().head().logicalDate(),
            refused.size(),
            refused.stream()
                .limit(MOST_SHOWN)
                .map(result -> "  " + result.text())
                .collect(Collectors.joining(System.lineSeparator())),
            isOfVolumeOnly
                ? "Have the dumps mended, or say --accept-volume if they are right."
                : "Look at what is named here, mend its cause, and run nightdesk nightly.");
  }

  /** Adds to {@code kpi_restatement} which published figures of complete periods change. */
  List<TableRun> restate() {
    tables.discard(RESTATEMENT);
    return List.of(
        new TableWriter(tables, phases, progress)
            .write(
                TableWriter.Change.APPEND, new TableWriter.Rows(RESTATEMENT, restatements(), 0)));
  }

  private Dataset<Row> restatements() {
    Manifest manifest = open.manifest();
    TableContract values = kpis.contracts().of(KpiEngine.VALUE);
    if (manifest.base().isNone() || !tables.isChanged(values)) {
      return tables.before(RESTATEMENT).limit(0);
    }
    TableContract overall = kpis.contracts().of(Breakdown.ALL.table());
    Dataset<Row> periods =
        tables
            .before(overall)
            .select("grain_code", "period_start_at", "period_end_at")
            .union(tables.now(overall).select("grain_code", "period_start_at", "period_end_at"));
    Night before = new Night(manifest.base().night(), config.calendar(), config.definitions());
    Dataset<Row> restated =
        Restatements.of(tables.replaced(values), tables.written(values), periods, before)
            .withColumn("publication_id", lit(manifest.head().runId()))
            .withColumn("logical_date", lit(Date.valueOf(manifest.head().night())));
    return restated.select(
        RESTATEMENT.columns().stream()
            .map(column -> col(column.name()))
            .toArray(org.apache.spark.sql.Column[]::new));
  }
}
