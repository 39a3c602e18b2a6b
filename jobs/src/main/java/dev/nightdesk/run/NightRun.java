package dev.nightdesk.run;

import dev.nightdesk.audit.AuditResult;
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
import dev.nightdesk.run.Deliveries.Again;
import dev.nightdesk.run.Deliveries.Found;
import dev.nightdesk.table.Night;
import java.sql.Date;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
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

  private static final TableContract RESTATEMENT = Contracts.of("kpi_restatement");
  private static final int MOST_SHOWN = 20;

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
   * What is new for a night, and what it reads again, without beginning it.
   *
   * @param until the last date; null for all that the raw area holds
   */
  private Found find(NightTables night, LocalDate until, Again again) {
    return new Deliveries(config, night, raw()).find(until, again);
  }

  /**
   * What a night would read, and what is wrong with it; nothing is written, no lease is taken.
   *
   * @param until the last date; null for all that the raw area holds
   * @throws NightdeskException with the exit code of bad input if a promised dump is missing
   */
  Inspection check(LocalDate until) {
    Found found = find(nightTables(publications.latest()), until, Again.NOTHING);
    Sessions.fit(
        spark,
        config.nightSize(),
        found.deliveries().stream()
            .flatMap(delivery -> delivery.files().keySet().stream())
            .mapToLong(RawFile::bytes)
            .sum());
    return Inspection.of(spark, found.deliveries());
  }

  /**
   * What a night is asked to do besides reading what is new.
   *
   * @param until the last date that it reads; null for all that the raw area holds
   * @param from first date whose files are read again; null: none
   * @param to last such date
   * @param scope whether it goes by what was touched
   * @param volumes what becomes of odd volumes
   */
  record Order(LocalDate until, LocalDate from, LocalDate to, Scope scope, OddVolumes volumes) {

    /** What is new up to a date; null for all. */
    static Order upTo(LocalDate until) {
      return new Order(until, null, null, Scope.TOUCHED, OddVolumes.STOP);
    }
  }

  /** What a night computes. */
  enum Scope {
    /** What it touched, and all that is defined otherwise than before. */
    TOUCHED,
    /** Everything, from the staged logs. */
    EVERYTHING
  }

  /** Begins a night: reads what is new in the raw area, up to a date; null for all. */
  Staging.Result stage(LocalDate until) {
    return stage(Order.upTo(until));
  }

  /** Begins a night. */
  Staging.Result stage(Order order) {
    recover();
    Optional<Publication> base = publications.latest();
    NightTables night = nightTables(base);
    progress.say("stage: " + config.raw() + " -> " + config.warehouse());
    Map<String, String> fingerprints = Fingerprints.of(config, Kpis.of(config));
    Recomputation changed =
        Recomputation.between(base.map(Publication::fingerprints).orElse(Map.of()), fingerprints);
    if (order.scope() == Scope.EVERYTHING && base.isPresent()) {
      changed = changed.ofEverything();
    }
    Found found =
        find(night, order.until(), new Again(changed.restaged(), order.from(), order.to()));
    if (found.deliveries().isEmpty()
        && changed.reasons().isEmpty()
        && base.isPresent()
        && base.get().logicalDate().equals(found.latest())) {
      return Staging.Result.nothing(found.latest());
    }
    List<String> reasons = new ArrayList<>(changed.reasons());
    found
        .lost()
        .forEach(
            (feed, files) ->
                reasons.add(
                    "%d files of %s are in the raw area no more: their rows stay as they were read"
                        .formatted(files, feed)));
    reasons.forEach(progress::say);
    OpenNight open =
        OpenNight.begin(
            manifest(base, found, changed.areFactsWhole(), reasons, fingerprints),
            night,
            new WorkArea(spark, config.warehouse(), found.latest().toString()));
    Staging.Result result =
        new Staging(spark, config, night, open.manifest().runId(), new TableWriter(night, progress))
            .stage(found);
    open.finish(STAGE, result.staged());
    return result;
  }

  private Manifest manifest(
      Optional<Publication> base,
      Found found,
      boolean isWhole,
      List<String> reasons,
      Map<String, String> fingerprints) {
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
        isWhole,
        reasons,
        false,
        found.arrivedFileIds(),
        found.goneFileIds(),
        fingerprints,
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

  /**
   * Judges what the night has built; every result is kept in {@code audit_result}.
   *
   * @throws NightdeskException with the exit code of a failed audit, naming what broke which rule
   */
  List<TableRun> audit(OddVolumes volumes) {
    OpenNight open = resume(KPIS);
    Sessions.fit(spark, config.nightSize(), ingestedBytes(open));
    long start = System.nanoTime();
    AuditStep step = new AuditStep(config, open, this::contract);
    List<AuditResult> results = step.results();
    keep(open.manifest(), results, volumes);
    List<AuditResult> broken = results.stream().filter(result -> !result.isPassed()).toList();
    progress.say(
        "audit: %d rules held, %d broken, %.1f s"
            .formatted(
                results.size() - broken.size(), broken.size(), (System.nanoTime() - start) / 1e9));
    refuse(open.manifest(), broken, volumes);
    if (!broken.isEmpty()) {
      broken.forEach(result -> progress.say("accepted: " + result.text()));
      open.save(open.manifest().acceptingVolumes());
    }
    start = System.nanoTime();
    long restated = step.restate();
    List<TableRun> written =
        open.tables().isChanged(RESTATEMENT)
            ? List.of(
                new TableRun(
                    RESTATEMENT.table(), 0, restated, (System.nanoTime() - start) / 1e9, 0))
            : List.of();
    open.finish(AUDIT, written);
    open.save(open.manifest().in(Manifest.State.AUDITED));
    return written;
  }

  private static void refuse(Manifest manifest, List<AuditResult> broken, OddVolumes volumes) {
    List<AuditResult> refused =
        broken.stream()
            .filter(result -> volumes == OddVolumes.STOP || !result.rule().isOfVolume())
            .toList();
    if (refused.isEmpty()) {
      return;
    }
    boolean isOfVolumeOnly = refused.stream().allMatch(result -> result.rule().isOfVolume());
    throw NightdeskException.auditFailed(
        "The night of %s is not published, because it broke %d rules of its audit (all are in audit_result):%n%s%n%s"
            .formatted(
                manifest.logicalDate(),
                refused.size(),
                refused.stream()
                    .limit(MOST_SHOWN)
                    .map(result -> "  " + result.text())
                    .collect(Collectors.joining(System.lineSeparator())),
                isOfVolumeOnly
                    ? "Have the dumps mended, or say --accept-volume if they are right."
                    : "Readers keep the night before. Look at the rows named here; nightdesk"
                        + " nightly builds the night anew."));
  }

  private void keep(Manifest manifest, List<AuditResult> results, OddVolumes volumes) {
    TableContract contract = Contracts.of("audit_result");
    Timestamp at = Timestamp.from(clock.instant());
    List<Row> rows = new ArrayList<>();
    for (AuditResult result : results) {
      rows.add(
          RowFactory.create(
              manifest.runId(),
              at,
              Date.valueOf(manifest.night()),
              result.rule().code(),
              result.table(),
              result.segment(),
              result.isPassed(),
              !result.isPassed() && result.rule().isOfVolume() && volumes == OddVolumes.ACCEPT,
              result.expected(),
              result.found()));
    }
    tables.append(
        contract,
        spark.createDataFrame(rows, contract.schema()).coalesce(1),
        manifest.sequence(),
        commitMetadata(manifest));
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
    String commitMetadata = commitMetadata(manifest);
    Publication publication =
        publications.apply(
            manifest, this::contract, commitMetadata, CodeVersion.text(), clock.instant());
    record(manifest, publication, commitMetadata);
    work.clear();
    progress.say("published: " + publication.id());
    return publication;
  }

  private static String commitMetadata(Manifest manifest) {
    return "{\"run_id\":\"%s\",\"logical_date\":\"%s\",\"code_version\":\"%s\"}"
        .formatted(manifest.runId(), manifest.logicalDate(), CodeVersion.text());
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
    return nightly(Order.upTo(until));
  }

  /** All steps. */
  Outcome nightly(Order order) {
    long start = System.nanoTime();
    Staging.Result staged = stage(order);
    List<TableRun> written = new ArrayList<>(staged.staged());
    if (!staged.isNothing()) {
      written.addAll(facts());
      written.addAll(kpis());
      written.addAll(audit(order.volumes()));
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
