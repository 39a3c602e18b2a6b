package dev.nightdesk.run;

import dev.nightdesk.contract.Contracts;
import dev.nightdesk.contract.TableContract;
import dev.nightdesk.io.DeltaTables;
import dev.nightdesk.io.NightTables;
import dev.nightdesk.io.PublishedTables;
import dev.nightdesk.io.RawArea;
import dev.nightdesk.io.RawFile;
import dev.nightdesk.io.WorkArea;
import dev.nightdesk.publish.Manifest;
import dev.nightdesk.publish.Publication;
import dev.nightdesk.publish.Publications;
import dev.nightdesk.run.Deliveries.Found;
import dev.nightdesk.table.Night;
import java.sql.Date;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;

/**
 * A night over one warehouse: stage, facts, kpis, audit, publish, together or one by one, in one
 * process or in several.
 *
 * <p>Until {@link #publish} nothing that a reader sees has changed. A night that died before is
 * forgotten by the next {@link #stage}; one that died while it was published is finished first.
 */
final class NightRun {

  static final String STAGE = "stage";
  static final String FACTS = "facts";
  static final String KPIS = "kpis";
  static final String AUDIT = "audit";

  private final SparkSession spark;
  private final NightdeskConfig config;
  private final Clock clock;
  private final DeltaTables tables;
  private final Publications publications;
  private final Progress progress = new Progress();

  NightRun(SparkSession spark, NightdeskConfig config, Clock clock) {
    this.spark = spark;
    this.config = config;
    this.clock = clock;
    this.tables = new DeltaTables(spark, config.warehouse());
    this.publications = new Publications(spark, tables);
  }

  /** The tables that readers see. */
  PublishedTables published() {
    return new PublishedTables(
        spark, tables, publications.latest().map(Publication::tableVersions).orElse(Map.of()));
  }

  /**
   * What is new for a night, without beginning it.
   *
   * @param until the last date; null for all that the raw area holds
   */
  private Found find(NightTables night, LocalDate until) {
    return new Deliveries(config, night, raw()).find(until);
  }

  /** Begins a night: reads what is new in the raw area, up to a date; null for all. */
  Staging.Result stage(LocalDate until) {
    recover();
    Optional<Publication> base = publications.latest();
    NightTables night = nightTables(base);
    progress.say("stage: " + config.raw() + " -> " + config.warehouse());
    Found found = find(night, until);
    if (found.deliveries().isEmpty()
        && base.isPresent()
        && base.get().logicalDate().equals(found.latest())) {
      return Staging.Result.nothing(found.latest());
    }
    OpenNight open =
        OpenNight.begin(
            manifest(base, found),
            night,
            new WorkArea(spark, config.warehouse(), found.latest().toString()));
    Staging.Result result =
        new Staging(spark, config, night, open.manifest().runId(), new TableWriter(night, progress))
            .stage(found);
    open.finish(STAGE, result.staged());
    return result;
  }

  private Manifest manifest(Optional<Publication> base, Found found) {
    return new Manifest(
        DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss.SSS'Z'")
            .withZone(ZoneOffset.UTC)
            .format(clock.instant()),
        base.map(Publication::sequence).orElse(0L) + 1,
        base.map(Publication::id).orElse(""),
        base.map(Publication::tableVersions).orElse(Map.of()),
        base.map(publication -> publication.logicalDate().toString()).orElse(""),
        found.latest().toString(),
        0,
        Manifest.State.BUILDING,
        List.of(),
        true,
        List.of(),
        false,
        found.arrivedFileIds(),
        found.goneFileIds(),
        Map.of(),
        List.of(),
        Map.of());
  }

  /** Builds the dimension and fact tables from the staged logs. */
  List<TableRun> facts() {
    OpenNight open = resume(STAGE);
    Night night = night(open);
    Sessions.fit(spark, config.nightSize(), ingestedBytes(open));
    progress.say("facts: as of " + night.asOf());
    List<TableRun> written =
        new FactStep(open, new TableWriter(open.tables(), progress)).run(night);
    open.finish(FACTS, written);
    return written;
  }

  /** Computes the KPI tables from the facts. */
  List<TableRun> kpis() {
    OpenNight open = resume(FACTS);
    Night night = night(open);
    Sessions.fit(spark, config.nightSize(), ingestedBytes(open));
    progress.say("kpis: as of " + night.asOf());
    List<TableRun> written =
        new KpiStep(Kpis.of(config), config, open, new TableWriter(open.tables(), progress))
            .run(night);
    open.finish(KPIS, written);
    return written;
  }

  /** Judges what the night has built. */
  void audit() {
    OpenNight open = resume(KPIS);
    open.finish(AUDIT, List.of());
    open.save(open.manifest().in(Manifest.State.AUDITED));
  }

  /** Makes the night visible. */
  Publication publish() {
    return publish(resume(AUDIT));
  }

  Publication publish(OpenNight open) {
    open.save(open.manifest().in(Manifest.State.APPLYING));
    return apply(open.manifest(), open.work());
  }

  private Publication apply(Manifest manifest, WorkArea work) {
    String commitMetadata =
        "{\"run_id\":\"%s\",\"logical_date\":\"%s\",\"code_version\":\"%s\"}"
            .formatted(manifest.runId(), manifest.logicalDate(), CodeVersion.text());
    Publication publication =
        publications.apply(
            manifest, this::contract, commitMetadata, CodeVersion.text(), clock.instant());
    record(manifest, publication, commitMetadata);
    work.clear();
    progress.say("published: " + publication.id());
    return publication;
  }

  /** Finishes a night that died while it was published, and forgets those that died before. */
  private void recover() {
    for (String name : WorkArea.nights(spark, config.warehouse())) {
      WorkArea work = new WorkArea(spark, config.warehouse(), name);
      Optional<Manifest> manifest = OpenNight.manifest(work);
      if (manifest.isPresent() && manifest.get().state() == Manifest.State.APPLYING) {
        progress.say("finishing the publication of " + name);
        apply(manifest.get(), work);
      } else {
        work.clear();
      }
    }
  }

  /** The one night that is open, with at least a step done. */
  OpenNight resume(String required) {
    for (String name : WorkArea.nights(spark, config.warehouse())) {
      WorkArea work = new WorkArea(spark, config.warehouse(), name);
      Optional<Manifest> manifest = OpenNight.manifest(work);
      if (manifest.isPresent()) {
        if (!manifest.get().steps().contains(required)) {
          throw NightdeskException.usage(
              "The night %s has done %s, but not %s. Run nightdesk %s first."
                  .formatted(name, manifest.get().steps(), required, required));
        }
        Optional<Publication> base = publications.latest();
        if (!base.map(Publication::id).orElse("").equals(manifest.get().basePublicationId())) {
          throw NightdeskException.usage(
              "The night %s stands on the publication `%s`, but the warehouse was published by %s since. Run nightdesk stage again."
                  .formatted(name, manifest.get().basePublicationId(), base.orElseThrow().id()));
        }
        return OpenNight.resume(manifest.get(), nightTables(base), work, this::contract);
      }
    }
    throw NightdeskException.badInput(
        "The warehouse %s has no night in work. Run nightdesk stage or nightdesk nightly first."
            .formatted(config.warehouse()));
  }

  private NightTables nightTables(Optional<Publication> base) {
    return new NightTables(tables, base.map(Publication::tableVersions).orElse(Map.of()));
  }

  private TableContract contract(String table) {
    return table.startsWith("kpi_") && !table.equals("kpi_restatement")
        ? Kpis.of(config).contracts().of(table)
        : Contracts.of(table);
  }

  /**
   * What a whole night did.
   *
   * @param night as of when
   * @param staged what it read
   * @param tables what it wrote, in order; none if nothing was new
   * @param seconds wall time
   */
  record Outcome(Night night, Staging.Result staged, List<TableRun> tables, double seconds) {}

  /** All steps, up to a date; null for all that the raw area holds. */
  Outcome nightly(LocalDate until) {
    long start = System.nanoTime();
    Staging.Result staged = stage(until);
    List<TableRun> written = new ArrayList<>(staged.staged());
    if (!staged.isNothing()) {
      written.addAll(facts());
      written.addAll(kpis());
      audit();
      publish();
    }
    return new Outcome(
        new Night(staged.logicalDate(), config.calendar(), config.definitions()),
        staged,
        written,
        (System.nanoTime() - start) / 1e9);
  }

  /** The dates of the raw area after the published night, up to a date; null for all. */
  List<LocalDate> missingDates(LocalDate until) {
    LocalDate latest = publications.latest().map(Publication::logicalDate).orElse(null);
    RawArea raw = raw();
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

  private RawArea raw() {
    return new RawArea(config.raw(), spark.sparkContext().hadoopConfiguration());
  }

  /**
   * The published night.
   *
   * @throws NightdeskException with the exit code of bad input if nothing was ever published
   */
  Night night() {
    return new Night(
        publications
            .latest()
            .map(Publication::logicalDate)
            .orElseThrow(
                () ->
                    NightdeskException.badInput(
                        "The warehouse %s has no publication yet. Run nightdesk nightly first."
                            .formatted(config.warehouse()))),
        config.calendar(),
        config.definitions());
  }

  private Night night(OpenNight open) {
    return new Night(open.manifest().night(), config.calendar(), config.definitions());
  }

  private static long ingestedBytes(OpenNight open) {
    Row sum =
        open.tables().now(Contracts.of("ingested_file")).agg(functions.sum("byte_count")).first();
    return sum.isNullAt(0) ? 0 : sum.getLong(0);
  }

  private void record(Manifest manifest, Publication publication, String commitMetadata) {
    TableContract contract = Contracts.of("run");
    List<Row> rows = new ArrayList<>();
    for (Manifest.Work work : manifest.work()) {
      rows.add(
          RowFactory.create(
              manifest.runId(),
              Date.valueOf(manifest.night()),
              work.table(),
              publication.tableVersions().get(work.table()),
              work.rowCount(),
              work.seconds(),
              work.inputFileCount(),
              CodeVersion.text()));
    }
    tables.append(
        contract,
        spark.createDataFrame(rows, contract.schema()).coalesce(1),
        manifest.sequence(),
        commitMetadata);
  }
}
