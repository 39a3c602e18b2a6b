package dev.nightdesk.run;

import dev.nightdesk.audit.AuditResult;
import dev.nightdesk.contract.Contracts;
import dev.nightdesk.contract.TableContract;
import dev.nightdesk.io.Checkpoints.Point;
import dev.nightdesk.io.DeltaTables;
import dev.nightdesk.io.LeaseFolder;
import dev.nightdesk.io.NightTables;
import dev.nightdesk.io.PublishedTables;
import dev.nightdesk.io.RawArea;
import dev.nightdesk.io.RawFile;
import dev.nightdesk.io.StaleBase;
import dev.nightdesk.io.TableChange;
import dev.nightdesk.io.WorkArea;
import dev.nightdesk.publish.Applying;
import dev.nightdesk.publish.Manifest;
import dev.nightdesk.publish.Publication;
import dev.nightdesk.publish.Publications;
import dev.nightdesk.run.Deliveries.Again;
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
import java.util.function.Function;
import java.util.function.Supplier;
import org.apache.spark.sql.Dataset;
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
  static final String PUBLISH = "publish";

  private final SparkSession spark;
  private final NightdeskConfig config;
  private final Clock clock;
  private final DeltaTables tables;
  private final Publications publications;
  private final OpenNights nights;
  private final Writing writing;
  private final Progress progress = new Progress();

  NightRun(SparkSession spark, NightdeskConfig config, Clock clock) {
    this.spark = spark;
    this.config = config;
    this.clock = clock;
    this.tables = new DeltaTables(spark, config.warehouse());
    this.publications = new Publications(spark, tables);
    this.nights = new OpenNights(spark, config.warehouse());
    this.writing =
        new Writing(
            new LeaseFolder(config.warehouse(), spark.sparkContext().hadoopConfiguration()),
            config.lease());
  }

  /** Does something as the only writer, after what a dead publication left was finished. */
  <T> T alone(String command, Supplier<T> work) {
    return writing.alone(command, time(), this::recover, work);
  }

  /** The same for what overrides whatever a dead publication left, if that cannot be finished. */
  <T> T aloneToMend(String command, Supplier<T> work) {
    return writing.alone(
        command,
        time(),
        () -> {
          try {
            recover();
          } catch (StaleBase e) {
            progress.say(e.getMessage());
            discard();
          }
        },
        work);
  }

  /** The tables that readers see. */
  PublishedTables published() {
    return new PublishedTables(spark, tables, latest().tableVersions());
  }

  /**
   * What readers see.
   *
   * @throws NightdeskException with the exit code of bad input if nothing was ever published
   */
  Publication latest() {
    return publications
        .latest()
        .orElseThrow(
            () ->
                NightdeskException.badInput(
                    "The warehouse %s has no publication yet. Run nightdesk nightly first."
                        .formatted(config.warehouse())));
  }

  /** How the warehouse stands, for the terminal. */
  String status() {
    return new Status(tables, publications.latest(), nights, writing).text();
  }

  /** Every publication of the warehouse. */
  Publications publications() {
    return publications;
  }

  /** The nights that were begun and are not published. */
  OpenNights nights() {
    return nights;
  }

  /** The tables as they are committed. */
  DeltaTables tables() {
    return tables;
  }

  /**
   * What is new for a night, without beginning it.
   *
   * @param until the last date; null for all that the raw area holds
   */
  private Found find(NightTables night, LocalDate until, Again again) {
    return new Deliveries(config, night, raw()).find(until, again);
  }

  /**
   * What a night would read; nothing is written, no lease is taken.
   *
   * @param until the last date; null for all that the raw area holds
   * @throws NightdeskException with the exit code of bad input if a promised dump is missing
   */
  Inspection check(LocalDate until) {
    Found found = find(nightTables(publications.latest()), until, Again.NOTHING);
    Sessions.fit(spark, config.nightSize(), found.byteCount());
    return Inspection.of(spark, found.deliveries());
  }

  /** Begins a night: reads what is new in the raw area, up to a date; null for all. */
  Staging.Result stage(LocalDate until) {
    return stage(NightOrder.upTo(until));
  }

  /** Begins a night. */
  Staging.Result stage(NightOrder order) {
    return alone(STAGE, () -> begin(order));
  }

  private Staging.Result begin(NightOrder order) {
    discard();
    Optional<Publication> base = publications.latest();
    NightTables night = nightTables(base);
    progress.say("stage: " + config.raw() + " -> " + config.warehouse());
    Map<String, String> fingerprints = Fingerprints.of(config, Kpis.of(config));
    Recomputation changed = changed(base, fingerprints, order);
    Found found =
        find(night, order.until(), new Again(changed.restaged(), order.from(), order.to()));
    if (found.deliveries().isEmpty()
        && changed.reasons().isEmpty()
        && base.isPresent()
        && base.get().logicalDate().equals(found.latest())) {
      return Staging.Result.nothing(found.latest());
    }
    OpenNight open =
        OpenNight.begin(
            manifest(base, found, changed.with(found.lost()), fingerprints),
            night,
            nights.work(found.latest().toString()),
            writing);
    Staging.Result result =
        new Staging(spark, config, night, open.manifest().runId(), new TableWriter(night, progress))
            .stage(found);
    open.finish(STAGE, result.staged());
    return result;
  }

  private String time() {
    return DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss.SSS'Z'")
        .withZone(ZoneOffset.UTC)
        .format(clock.instant());
  }

  private Recomputation changed(
      Optional<Publication> base, Map<String, String> fingerprints, NightOrder order) {
    Recomputation changed =
        Recomputation.between(base.map(Publication::fingerprints).orElse(Map.of()), fingerprints);
    return order.scope() == NightOrder.Scope.EVERYTHING && base.isPresent()
        ? changed.ofEverything()
        : changed;
  }

  private Manifest manifest(
      Optional<Publication> base,
      Found found,
      Recomputation changed,
      Map<String, String> fingerprints) {
    changed.reasons().forEach(progress::say);
    long sequence = base.map(Publication::sequence).orElse(0L) + 1;
    return new Manifest(
        time() + "-" + sequence,
        sequence,
        base.map(Publication::id).orElse(""),
        base.map(Publication::tableVersions).orElse(Map.of()),
        base.map(publication -> publication.logicalDate().toString()).orElse(""),
        found.latest().toString(),
        0,
        Manifest.State.BUILDING,
        List.of(),
        base.isEmpty() || changed.areFactsWhole(),
        changed.reasons(),
        false,
        found.arrivedFileIds(),
        found.goneFileIds(),
        fingerprints,
        List.of(),
        Map.of(),
        Manifest.Kind.NIGHT,
        "");
  }

  /** Builds the dimension and fact tables from the staged logs. */
  List<TableRun> facts() {
    return alone(FACTS, this::buildFacts);
  }

  private List<TableRun> buildFacts() {
    OpenNight open = resume(STAGE);
    Night night = night(open);
    Sessions.fit(spark, config.nightSize(), ingestedBytes(open));
    progress.say("facts: as of " + night.asOf());
    List<TableRun> written =
        new FactStep(open, config.nightScope(), new TableWriter(open.tables(), progress), progress)
            .run(night);
    open.finish(FACTS, written);
    return written;
  }

  /** Computes the KPI tables from the facts. */
  List<TableRun> kpis() {
    return alone(KPIS, this::computeKpis);
  }

  private List<TableRun> computeKpis() {
    OpenNight open = resume(FACTS);
    Night night = night(open);
    Sessions.fit(spark, config.nightSize(), ingestedBytes(open));
    progress.say("kpis: as of " + night.asOf());
    List<TableRun> written =
        new KpiStep(Kpis.of(config), config, open, new TableWriter(open.tables(), progress))
            .run(night, scopeOfKpis(open.manifest()));
    open.finish(KPIS, written);
    return written;
  }

  /**
   * Whether every KPI table is computed whole: where the facts are, or where something is defined
   * otherwise than in what was published.
   */
  private NightOrder.Scope scopeOfKpis(Manifest manifest) {
    boolean isWhole =
        manifest.isWhole()
            || Recomputation.between(
                    publications.latest().map(Publication::fingerprints).orElse(Map.of()),
                    manifest.fingerprints())
                .areKpisWhole();
    return isWhole ? NightOrder.Scope.EVERYTHING : NightOrder.Scope.TOUCHED;
  }

  /** Judges what the night has built, and lets nothing odd pass. */
  List<TableRun> audit() {
    return audit(NightOrder.OddVolumes.STOP);
  }

  /**
   * Judges what the night has built; every result is kept in {@code audit_result}.
   *
   * @throws NightdeskException with the exit code of a failed audit, naming what broke which rule
   */
  List<TableRun> audit(NightOrder.OddVolumes volumes) {
    return alone(AUDIT, () -> judge(volumes));
  }

  private List<TableRun> judge(NightOrder.OddVolumes volumes) {
    OpenNight open = resume(KPIS);
    Sessions.fit(spark, config.nightSize(), ingestedBytes(open));
    AuditStep step = new AuditStep(config, open, this::contract, progress);
    List<AuditResult> results = step.results();
    Dataset<Row> kept =
        spark.createDataFrame(
            step.rows(results, volumes, clock.instant()), AuditStep.RESULT.schema());
    writing.during(
        () ->
            tables.append(
                AuditStep.RESULT,
                kept.coalesce(1),
                open.manifest().sequence(),
                commitMetadata(open.manifest())));
    step.refuse(results, volumes);
    List<TableRun> written = step.restate();
    open.finish(AUDIT, written);
    open.save(open.manifest().in(Manifest.State.AUDITED));
    return written;
  }

  /** Makes the night visible. */
  Publication publish() {
    return alone(
        PUBLISH,
        () -> {
          OpenNight open = resume(AUDIT);
          if (open.manifest().state() != Manifest.State.AUDITED) {
            throw NightdeskException.failed(
                "The night %s has not passed its audits. Run nightdesk audit first."
                    .formatted(open.manifest().logicalDate()));
          }
          return publish(open);
        });
  }

  /** Makes visible what is built, whatever the audits say of it. */
  Publication publish(OpenNight open) {
    return alone(
        PUBLISH,
        () -> {
          open.save(open.manifest().in(Manifest.State.APPLYING));
          writing.checkpoints().at(Point.INTENT);
          return apply(open.manifest(), open.work());
        });
  }

  private Publication apply(Manifest manifest, WorkArea work) {
    String commitMetadata = commitMetadata(manifest);
    Publication publication =
        publications.apply(
            manifest,
            new Applying(
                this::contract,
                writing,
                writing.checkpoints(),
                versions -> runRows(manifest, versions),
                commitMetadata,
                CodeVersion.text(),
                clock.instant()));
    clear(work);
    writing.checkpoints().at(Point.CLEARED);
    progress.say("published: " + publication.id());
    return publication;
  }

  private static String commitMetadata(Manifest manifest) {
    return "{\"run_id\":\"%s\",\"logical_date\":\"%s\",\"code_version\":\"%s\"}"
        .formatted(manifest.runId(), manifest.logicalDate(), CodeVersion.text());
  }

  /** Finishes a publication that died in the middle. */
  private void recover() {
    for (OpenNights.Begun begun : nights.all()) {
      Manifest manifest = begun.manifest();
      if (manifest.state() != Manifest.State.APPLYING) {
        continue;
      }
      // What a frozen process intended after others had published is no intent any more: none of
      // its tables can be committed.
      boolean isOvertaken = !isBase(manifest) && publications.find(manifest.runId()).isEmpty();
      if (isOvertaken) {
        clear(begun.work());
        continue;
      }
      progress.say("finishing the publication of " + begun.name());
      writing.checkpoints().at(Point.ROLL_FORWARD);
      apply(manifest, begun.work());
    }
  }

  /** Forgets the nights that were begun. */
  void discard() {
    writing.during(
        () -> {
          nights.discard();
          return null;
        });
  }

  private void clear(WorkArea work) {
    writing.during(
        () -> {
          work.clear();
          return null;
        });
  }

  /** Whether a night stands on what readers see. */
  private boolean isBase(Manifest manifest) {
    return publications
        .latest()
        .map(Publication::id)
        .orElse("")
        .equals(manifest.basePublicationId());
  }

  /** The one night that is open, with at least a step done. */
  OpenNight resume(String required) {
    OpenNights.Begun begun =
        nights
            .newest()
            .orElseThrow(
                () ->
                    NightdeskException.done(
                        "Nothing is in work: %s is published, and stage found nothing that it lacks."
                            .formatted(latest().id())));
    Manifest manifest = begun.manifest();
    if (!manifest.steps().contains(required)) {
      throw NightdeskException.usage(
          "The night %s has done %s, but not %s. Run nightdesk %s first."
              .formatted(begun.name(), manifest.steps(), required, required));
    }
    Optional<Publication> base = publications.latest();
    if (!isBase(manifest)) {
      throw NightdeskException.usage(
          "The night %s stands on the publication `%s`, but the warehouse was published by %s since. Run nightdesk stage again."
              .formatted(
                  begun.name(),
                  manifest.basePublicationId(),
                  base.map(Publication::id).orElse("nobody")));
    }
    return OpenNight.resume(manifest, nightTables(base), begun.work(), this::contract, writing);
  }

  /**
   * Makes changes visible that no night made.
   *
   * @param base what readers see, with the versions that the changes are made for
   * @param like the publication that has the same rows
   */
  Publication publish(Publication base, NightTables changed, Manifest.Kind kind, Publication like) {
    long sequence = base.sequence() + 1;
    Manifest manifest =
        new Manifest(
            time() + "-" + sequence,
            sequence,
            base.id(),
            base.tableVersions(),
            base.logicalDate().toString(),
            like.logicalDate().toString(),
            writing.epoch(),
            Manifest.State.AUDITED,
            List.of(),
            true,
            List.of(),
            false,
            List.of(),
            List.of(),
            like.fingerprints(),
            List.of(),
            changed.changes(),
            kind,
            kind == Manifest.Kind.ROLLBACK ? like.id() : "");
    return publish(
        OpenNight.begin(manifest, changed, nights.work(like.logicalDate().toString()), writing));
  }

  NightTables nightTables(Optional<Publication> base) {
    return new NightTables(tables, base.map(Publication::tableVersions).orElse(Map.of()));
  }

  /** The contract of a table of this warehouse. */
  TableContract contract(String table) {
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
    return nightly(NightOrder.upTo(until));
  }

  /** All steps. */
  Outcome nightly(NightOrder order) {
    return alone("nightly", () -> wholeNight(order));
  }

  private Outcome wholeNight(NightOrder order) {
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
    return new Night(latest().logicalDate(), config.calendar(), config.definitions());
  }

  private Night night(OpenNight open) {
    return new Night(open.manifest().night(), config.calendar(), config.definitions());
  }

  private static long ingestedBytes(OpenNight open) {
    Row sum =
        open.tables().now(Contracts.of("ingested_file")).agg(functions.sum("byte_count")).first();
    return sum.isNullAt(0) ? 0 : sum.getLong(0);
  }

  private static long fileCount(
      Manifest manifest, String table, Function<TableChange, List<String>> files) {
    TableChange change = manifest.changes().get(table);
    return change == null ? 0 : files.apply(change).size();
  }

  private Dataset<Row> runRows(Manifest manifest, Map<String, Long> versions) {
    List<Row> rows = new ArrayList<>();
    for (Manifest.Work work : manifest.work()) {
      rows.add(
          RowFactory.create(
              manifest.runId(),
              Date.valueOf(manifest.night()),
              work.table(),
              work.step(),
              versions.get(work.table()),
              work.rowCount(),
              fileCount(manifest, work.table(), TableChange::added),
              fileCount(manifest, work.table(), TableChange::removed),
              work.seconds(),
              work.inputFileCount(),
              CodeVersion.text(),
              CodeVersion.commit()));
    }
    return spark.createDataFrame(rows, Contracts.of("run").schema());
  }
}
