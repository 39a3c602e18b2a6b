package dev.nightdesk.run;

import dev.nightdesk.contract.Contracts;
import dev.nightdesk.contract.TableContract;
import dev.nightdesk.io.Checkpoints.Point;
import dev.nightdesk.io.DeltaTables;
import dev.nightdesk.io.LeaseFolder;
import dev.nightdesk.io.NightTables;
import dev.nightdesk.io.PublishedTables;
import dev.nightdesk.io.StaleBase;
import dev.nightdesk.io.TableChange;
import dev.nightdesk.io.TaskWork;
import dev.nightdesk.io.WorkArea;
import dev.nightdesk.publish.Applying;
import dev.nightdesk.publish.Cost;
import dev.nightdesk.publish.Guard;
import dev.nightdesk.publish.Manifest;
import dev.nightdesk.publish.Phase;
import dev.nightdesk.publish.Publication;
import dev.nightdesk.publish.Publications;
import dev.nightdesk.table.Night;
import java.sql.Date;
import java.time.Clock;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;

/**
 * A warehouse as its publications make it: what readers see, who may write, and how what was built
 * becomes what readers see.
 *
 * <p>Nothing that a reader sees changes but by {@link #publish}. A publication that dies in the
 * middle is finished by whoever writes next.
 */
final class PublishedWarehouse {

  private final SparkSession spark;
  private final NightdeskConfig config;
  private final Clock clock;
  private final DeltaTables tables;
  private final Publications publications;
  private final OpenNights nights;
  private final Writing writing;
  private final Progress progress = new Progress();

  /** Null: that is told, or does not matter. */
  private Long startedAt;

  PublishedWarehouse(SparkSession spark, NightdeskConfig config, Clock clock) {
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

  /** When the program was started that does the next step, in milliseconds since 1970. */
  void startedAt(long at) {
    startedAt = at;
  }

  /** Measures a step from now on. */
  Phases phases() {
    Phases phases = startedAt == null ? Phases.begin(spark) : Phases.begin(spark, startedAt);
    startedAt = null;
    return phases;
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

  /**
   * The published night.
   *
   * @throws NightdeskException with the exit code of bad input if nothing was ever published
   */
  Night night() {
    return new Night(latest().logicalDate(), config.calendar(), config.definitions());
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

  /** Of the lease that writing needs. */
  Writing writing() {
    return writing;
  }

  /** The tables as a night sees them that stands on a publication. */
  NightTables nightTables(Optional<Publication> base) {
    return new NightTables(tables, base.map(Publication::tableVersions).orElse(Map.of()));
  }

  /** The contract of a table of this warehouse. */
  TableContract contract(String table) {
    return table.startsWith("kpi_") && !table.equals("kpi_restatement")
        ? Kpis.of(config).contracts().of(table)
        : Contracts.of(table);
  }

  /** What a night, or whatever else is published, becomes after a publication. */
  Manifest.Head head(Optional<Publication> base, String logicalDate) {
    return head(base, logicalDate, Manifest.Kind.NIGHT, "");
  }

  private Manifest.Head head(
      Optional<Publication> base, String logicalDate, Manifest.Kind kind, String restored) {
    long sequence = base.map(Publication::sequence).orElse(0L) + 1;
    return new Manifest.Head(time() + "-" + sequence, sequence, logicalDate, kind, restored);
  }

  private String time() {
    return DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss.SSS'Z'")
        .withZone(ZoneOffset.UTC)
        .format(clock.instant());
  }

  /** Begins what its manifest says; nobody knows of it before its first step is done. */
  OpenNight begin(Manifest manifest, NightTables changed) {
    return OpenNight.begin(
        manifest, changed, nights.work(manifest.head().logicalDate(), writing.epoch()), writing);
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
    if (!manifest.done().steps().contains(required)) {
      throw NightdeskException.usage(
          "The night %s has done %s, but not %s. Run nightdesk %s first."
              .formatted(begun.name(), manifest.done().steps(), required, required));
    }
    Optional<Publication> base = publications.latest();
    if (!isOnLatest(manifest)) {
      throw NightdeskException.usage(
          "The night %s stands on the publication `%s`, but the warehouse was published by %s since. Run nightdesk stage again."
              .formatted(
                  begun.name(),
                  manifest.base().publicationId(),
                  base.map(Publication::id).orElse("nobody")));
    }
    return OpenNight.resume(manifest, nightTables(base), begun.work(), this::contract, writing);
  }

  /** Whether a night stands on what readers see. */
  private boolean isOnLatest(Manifest manifest) {
    return publications
        .latest()
        .map(Publication::id)
        .orElse("")
        .equals(manifest.base().publicationId());
  }

  /** Makes visible what is built, whatever the audits say of it. */
  Publication publish(OpenNight open) {
    return alone(
        NightRun.PUBLISH,
        () -> {
          try (Phases phases = phases()) {
            return publish(open, phases);
          }
        });
  }

  /** The same as a part of a step that is measured. */
  Publication publish(OpenNight open, Phases phases) {
    open.save(open.manifest().in(Manifest.State.APPLYING));
    writing.checkpoints().at(Point.INTENT);
    return apply(open.manifest(), open.work(), phases);
  }

  /**
   * Makes changes visible that no night made.
   *
   * @param base what readers see, with the versions that the changes are made for
   * @param like the publication that has the same rows
   */
  Publication publish(Publication base, NightTables changed, Manifest.Kind kind, Publication like) {
    String restored = kind == Manifest.Kind.ROLLBACK ? like.id() : "";
    return publish(
        begin(
            Manifest.ofChanges(
                head(Optional.of(base), like.logicalDate().toString(), kind, restored),
                Manifest.Base.of(base),
                like.fingerprints(),
                changed.changes()),
            changed));
  }

  private Publication apply(Manifest manifest, WorkArea work, Phases phases) {
    Publication publication =
        publications.apply(
            manifest,
            new Applying(
                this::contract,
                measured(writing, phases),
                writing.checkpoints(),
                versions -> runRows(manifest, phases, versions),
                commitMetadata(manifest.head()),
                CodeVersion.text(),
                clock.instant()));
    clear(work);
    writing.checkpoints().at(Point.CLEARED);
    progress.say("published: " + publication.id());
    return publication;
  }

  private static Guard measured(Guard guard, Phases phases) {
    return new Guard() {
      @Override
      public <T> T during(Supplier<T> change) {
        return phases.during(Phase.other("commits"), () -> guard.during(change));
      }
    };
  }

  /** What every commit of a run carries. */
  static String commitMetadata(Manifest.Head head) {
    return "{\"run_id\":\"%s\",\"logical_date\":\"%s\",\"code_version\":\"%s\"}"
        .formatted(head.runId(), head.logicalDate(), CodeVersion.text());
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
      boolean isOvertaken =
          !isOnLatest(manifest) && publications.find(manifest.head().runId()).isEmpty();
      if (isOvertaken) {
        clear(begun.work());
        continue;
      }
      progress.say("finishing the publication of " + begun.name());
      writing.checkpoints().at(Point.ROLL_FORWARD);
      try (Phases phases = phases()) {
        apply(manifest, begun.work(), phases);
      }
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

  private Dataset<Row> runRows(Manifest manifest, Phases phases, Map<String, Long> versions) {
    List<Manifest.Work> done = new ArrayList<>(manifest.done().work());
    if (manifest.head().kind() == Manifest.Kind.NIGHT) {
      done.addAll(phases.end(NightRun.PUBLISH, List.of()));
    }
    return spark.createDataFrame(
        done.stream().map(work -> runRow(manifest, work, versions)).toList(),
        Contracts.of("run").schema());
  }

  private static Row runRow(Manifest manifest, Manifest.Work work, Map<String, Long> versions) {
    Cost cost = work.cost();
    TaskWork tasks = cost == null ? null : cost.tasks();
    TableChange change = work.isOfTable() ? manifest.done().changes().get(work.name()) : null;
    return RowFactory.create(
        manifest.head().runId(),
        Date.valueOf(manifest.head().night()),
        work.step(),
        work.kind().name().toLowerCase(Locale.ROOT),
        work.name(),
        change == null ? null : versions.get(work.name()),
        work.rowCount(),
        change == null ? 0L : change.added().size(),
        change == null ? 0L : change.removed().size(),
        work.seconds(),
        of(cost, Cost::shareSeconds),
        of(cost, Cost::planningSeconds),
        of(tasks, TaskWork::cpuSeconds),
        of(tasks, TaskWork::readRowCount),
        of(tasks, TaskWork::readByteCount),
        of(tasks, TaskWork::writtenRowCount),
        of(tasks, TaskWork::writtenByteCount),
        of(tasks, TaskWork::shuffledByteCount),
        of(tasks, TaskWork::spilledByteCount),
        of(tasks, TaskWork::jobCount),
        of(tasks, TaskWork::taskCount),
        work.inputFileCount(),
        CodeVersion.text(),
        CodeVersion.commit());
  }

  /** Null where nothing was measured. */
  private static <T, V> V of(T measured, Function<T, V> figure) {
    return measured == null ? null : figure.apply(measured);
  }
}
