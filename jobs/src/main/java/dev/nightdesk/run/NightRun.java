package dev.nightdesk.run;

import dev.nightdesk.audit.AuditResult;
import dev.nightdesk.contract.Contracts;
import dev.nightdesk.io.NightTables;
import dev.nightdesk.io.RawArea;
import dev.nightdesk.io.RawFile;
import dev.nightdesk.io.StorageProbe;
import dev.nightdesk.publish.Manifest;
import dev.nightdesk.publish.Phase;
import dev.nightdesk.publish.Publication;
import dev.nightdesk.run.Deliveries.Again;
import dev.nightdesk.run.Deliveries.Found;
import dev.nightdesk.table.Night;
import java.time.Clock;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
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
  private final PublishedWarehouse warehouse;
  private final Progress progress = new Progress();

  NightRun(SparkSession spark, NightdeskConfig config, Clock clock) {
    this.spark = spark;
    this.config = config;
    this.clock = clock;
    this.warehouse = new PublishedWarehouse(spark, config, clock);
  }

  /**
   * Counts the start of the program to the first step that it does.
   *
   * @param at when it was started, in milliseconds since 1970
   */
  NightRun startedAt(long at) {
    warehouse.startedAt(at);
    return this;
  }

  /** The warehouse that it writes to. */
  PublishedWarehouse warehouse() {
    return warehouse;
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
    Found found =
        find(warehouse.nightTables(warehouse.publications().latest()), until, Again.NOTHING);
    Sessions.fit(spark, config.nightSize(), found.byteCount());
    return Inspection.of(spark, found.deliveries());
  }

  /** Begins a night: reads what is new in the raw area, up to a date; null for all. */
  Staging.Result stage(LocalDate until) {
    return stage(NightOrder.upTo(until));
  }

  /** Begins a night. */
  Staging.Result stage(NightOrder order) {
    return alone(STAGE, phases -> begin(order, phases));
  }

  /** Does a step as the only writer, and measures its phases. */
  private <T> T alone(String step, Function<Phases, T> work) {
    return warehouse.alone(
        step,
        () -> {
          try (Phases phases = warehouse.phases()) {
            return work.apply(phases);
          }
        });
  }

  /** Goes on after a step, in a session that fits the night. */
  private OpenNight resume(String step, Phases phases) {
    return phases.during(
        Phase.other("opening of the night"),
        () -> {
          OpenNight open = warehouse.resume(step);
          Sessions.fit(spark, config.nightSize(), ingestedBytes(open.tables()));
          return open;
        });
  }

  private Staging.Result begin(NightOrder order, Phases phases) {
    warehouse.discard();
    Optional<Publication> base = warehouse.publications().latest();
    NightTables night = warehouse.nightTables(base);
    progress.say("stage: " + config.raw() + " -> " + config.warehouse());
    Map<String, String> fingerprints = Fingerprints.of(config, Kpis.of(config));
    Recomputation changed = changed(base, fingerprints, order);
    Found found =
        phases.during(
            Phase.other("search for dumps"),
            () ->
                find(
                    night, order.until(), new Again(changed.restaged(), order.from(), order.to())));
    if (found.deliveries().isEmpty()
        && changed.reasons().isEmpty()
        && base.isPresent()
        && base.get().logicalDate().equals(found.latest())) {
      return Staging.Result.nothing(found.latest());
    }
    // Here, where nothing is done yet, and not by the step that is first to find its tables large.
    config
        .nightSize()
        .requireFullCompilerFor(found.byteCount() + (base.isPresent() ? ingestedBytes(night) : 0));
    OpenNight open =
        warehouse.begin(manifest(base, found, changed.with(found.lost()), fingerprints), night);
    Staging.Result result =
        new Staging(
                spark,
                config,
                night,
                open.manifest().head().runId(),
                phases,
                new TableWriter(night, phases, progress))
            .stage(found);
    open.finish(STAGE, phases.end(STAGE, result.staged()));
    return result;
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
    return Manifest.of(
        warehouse.head(base, found.latest().toString()),
        base.map(Manifest.Base::of).orElse(Manifest.Base.NONE),
        new Manifest.Inputs(found.arrivedFileIds(), found.goneFileIds(), fingerprints),
        base.isEmpty() || changed.areFactsWhole(),
        changed.reasons());
  }

  /** Builds the dimension and fact tables from the staged logs. */
  List<TableRun> facts() {
    return alone(FACTS, this::buildFacts);
  }

  private List<TableRun> buildFacts(Phases phases) {
    OpenNight open = resume(STAGE, phases);
    Night night = night(open);
    progress.say("facts: as of " + night.asOf());
    List<TableRun> written =
        new FactStep(
                open,
                config.nightScope(),
                new TableWriter(open.tables(), phases, progress),
                progress)
            .run(night);
    open.finish(FACTS, phases.end(FACTS, written));
    return written;
  }

  /** Computes the KPI tables from the facts. */
  List<TableRun> kpis() {
    return alone(KPIS, this::computeKpis);
  }

  private List<TableRun> computeKpis(Phases phases) {
    OpenNight open = resume(FACTS, phases);
    Night night = night(open);
    progress.say("kpis: as of " + night.asOf());
    List<TableRun> written =
        new KpiStep(Kpis.of(config), config, open, new TableWriter(open.tables(), phases, progress))
            .run(night, scopeOfKpis(open.manifest()));
    open.finish(KPIS, phases.end(KPIS, written));
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
                    warehouse
                        .publications()
                        .latest()
                        .map(Publication::fingerprints)
                        .orElse(Map.of()),
                    manifest.inputs().fingerprints())
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
    return alone(AUDIT, phases -> judge(volumes, phases));
  }

  private List<TableRun> judge(NightOrder.OddVolumes volumes, Phases phases) {
    OpenNight open = resume(KPIS, phases);
    AuditStep step = new AuditStep(config, open, warehouse::contract, phases, progress);
    List<AuditResult> results = step.results();
    Dataset<Row> kept =
        spark.createDataFrame(
            step.rows(results, volumes, clock.instant()), AuditStep.RESULT.schema());
    Manifest.Head head = open.manifest().head();
    phases.during(
        Phase.other("commit of results"),
        () ->
            warehouse
                .writing()
                .during(
                    () ->
                        warehouse
                            .tables()
                            .append(
                                AuditStep.RESULT,
                                kept.coalesce(1),
                                head.sequence(),
                                PublishedWarehouse.commitMetadata(head))));
    step.refuse(results, volumes);
    List<TableRun> written = step.restate();
    open.finish(AUDIT, phases.end(AUDIT, written));
    open.save(open.manifest().in(Manifest.State.AUDITED));
    return written;
  }

  /** Makes the night visible. */
  Publication publish() {
    return alone(
        PUBLISH,
        phases -> {
          OpenNight open =
              phases.during(Phase.other("opening of the night"), () -> warehouse.resume(AUDIT));
          if (open.manifest().state() != Manifest.State.AUDITED) {
            throw NightdeskException.failed(
                "The night %s has not passed its audits. Run nightdesk audit first."
                    .formatted(open.manifest().head().logicalDate()));
          }
          return warehouse.publish(open, phases);
        });
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
    return warehouse.alone("nightly", () -> wholeNight(order));
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
    LocalDate latest = warehouse.publications().latest().map(Publication::logicalDate).orElse(null);
    RawArea raw = raw();
    return config.sources().stream()
        .flatMap(
            source ->
                source.entities().entrySet().stream()
                    .flatMap(
                        entity ->
                            raw
                                .list(
                                    source.name(),
                                    entity.getKey(),
                                    entity.getValue().folder(),
                                    until)
                                .stream()))
        .map(RawFile::date)
        .filter(date -> latest == null || date.isAfter(latest))
        .distinct()
        .sorted()
        .toList();
  }

  private RawArea raw() {
    StorageProbe.requireUsable(config.raw(), spark.sparkContext().hadoopConfiguration());
    return new RawArea(config.raw(), spark.sparkContext().hadoopConfiguration());
  }

  private Night night(OpenNight open) {
    return new Night(open.manifest().head().night(), config.calendar(), config.definitions());
  }

  private static long ingestedBytes(NightTables tables) {
    Row sum = tables.now(Contracts.of("ingested_file")).agg(functions.sum("byte_count")).first();
    return sum.isNullAt(0) ? 0 : sum.getLong(0);
  }
}
