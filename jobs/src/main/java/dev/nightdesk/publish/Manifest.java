package dev.nightdesk.publish;

import com.fasterxml.jackson.annotation.JsonAlias;
import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.nightdesk.io.TableChange;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * What a night has done so far and what it stands on: written after every step, so that the next
 * step can be another process, and the last one be finished by whoever comes after a crash.
 *
 * @param head what it becomes
 * @param base the publication that it stands on
 * @param inputs what it is made of
 * @param epoch of the lease under which it was last written
 * @param state how far it is
 * @param isWhole whether facts are computed whole, not only what was touched
 * @param recomputedBecause why something is computed whole although there is a base, in words
 * @param isVolumeAccepted whether somebody accepted unusual volumes
 * @param done what its steps have made
 */
public record Manifest(
    Head head,
    Base base,
    Inputs inputs,
    long epoch,
    State state,
    boolean isWhole,
    List<String> recomputedBecause,
    boolean isVolumeAccepted,
    Done done) {

  private static final ObjectMapper JSON = new ObjectMapper();

  /** What a manifest becomes a publication of. */
  public enum Kind {
    /** New dumps or definitions. */
    NIGHT,
    /** The tables of an earlier publication. */
    ROLLBACK,
    /** The same rows in other files. */
    MAINTENANCE
  }

  /** How far a night is. */
  public enum State {
    /** Its steps are being done. */
    BUILDING,
    /** The audits have passed. */
    AUDITED,
    /** Its tables are being committed: whoever finds it must finish it. */
    APPLYING
  }

  /**
   * What a manifest becomes.
   *
   * @param runId the run that began it, and the id of the publication
   * @param sequence number of the publication
   * @param logicalDate the night
   * @param kind what it is a publication of
   * @param restoredPublicationId the publication that a rollback returns to; empty: no rollback
   */
  public record Head(
      String runId, long sequence, String logicalDate, Kind kind, String restoredPublicationId) {

    /** The night. */
    @JsonIgnore
    public LocalDate night() {
      return LocalDate.parse(logicalDate);
    }
  }

  /**
   * The publication that a night stands on.
   *
   * @param publicationId empty: none
   * @param logicalDate its night; empty: none
   * @param tableVersions version of every table in it
   */
  public record Base(String publicationId, String logicalDate, Map<String, Long> tableVersions) {

    /** The base of a first night. */
    public static final Base NONE = new Base("", "", Map.of());

    public Base {
      tableVersions = Map.copyOf(tableVersions);
    }

    /** What readers see. */
    public static Base of(Publication publication) {
      return new Base(
          publication.id(), publication.logicalDate().toString(), publication.tableVersions());
    }

    /** Whether there is none. */
    @JsonIgnore
    public boolean isNone() {
      return publicationId.isEmpty();
    }

    /** Its night; null: none. */
    @JsonIgnore
    public LocalDate night() {
      return logicalDate.isEmpty() ? null : LocalDate.parse(logicalDate);
    }
  }

  /**
   * What a night is made of.
   *
   * @param arrivedFileIds raw files that came with it
   * @param goneFileIds contents of raw files that stopped to count with it
   * @param fingerprints of the definitions by which it is computed, by what they define
   */
  public record Inputs(
      List<String> arrivedFileIds, List<String> goneFileIds, Map<String, String> fingerprints) {

    public Inputs {
      arrivedFileIds = List.copyOf(arrivedFileIds);
      goneFileIds = List.copyOf(goneFileIds);
      fingerprints = Map.copyOf(fingerprints);
    }
  }

  /**
   * A phase that a step has done.
   *
   * @param step the step
   * @param kind what the phase is
   * @param name of the phase; {@code table} in manifests that know no other phases
   * @param rowCount rows that are new in the table; null: it is not changed, or the phase has none
   * @param seconds wall time
   * @param inputFileCount raw files that a table comes of; 0 for tables made of tables
   * @param cost null: not measured
   */
  public record Work(
      String step,
      Phase.Kind kind,
      @JsonAlias("table") String name,
      Long rowCount,
      double seconds,
      long inputFileCount,
      Cost cost) {

    public Work {
      kind = kind == null ? Phase.Kind.TABLE : kind;
    }

    /** Whether it is a table. */
    @JsonIgnore
    public boolean isOfTable() {
      return kind == Phase.Kind.TABLE;
    }
  }

  /**
   * What the steps have made.
   *
   * @param steps those that are done, in order
   * @param work what they did, for the table {@code run}
   * @param changes files per table
   */
  public record Done(List<String> steps, List<Work> work, Map<String, TableChange> changes) {

    /** Nothing yet. */
    public static final Done NOTHING = new Done(List.of(), List.of(), Map.of());

    public Done {
      steps = List.copyOf(steps);
      work = List.copyOf(work);
      changes = Map.copyOf(changes);
    }

    private Done and(String step, List<Work> more, Map<String, TableChange> changed) {
      int again = steps.indexOf(step);
      List<String> stepsDone = new ArrayList<>(again < 0 ? steps : steps.subList(0, again));
      List<Work> works = new ArrayList<>();
      work.stream().filter(one -> stepsDone.contains(one.step())).forEach(works::add);
      stepsDone.add(step);
      works.addAll(more);
      return new Done(stepsDone, works, changed);
    }
  }

  public Manifest {
    recomputedBecause = List.copyOf(recomputedBecause);
  }

  /** Of a night that begins. */
  public static Manifest of(
      Head head, Base base, Inputs inputs, boolean isWhole, List<String> recomputedBecause) {
    return new Manifest(
        head, base, inputs, 0, State.BUILDING, isWhole, recomputedBecause, false, Done.NOTHING);
  }

  /** Of changes that no night made and that nothing needs to judge. */
  public static Manifest ofChanges(
      Head head, Base base, Map<String, String> fingerprints, Map<String, TableChange> changes) {
    return new Manifest(
        head,
        base,
        new Inputs(List.of(), List.of(), fingerprints),
        0,
        State.AUDITED,
        true,
        List.of(),
        false,
        new Done(List.of(), List.of(), changes));
  }

  /** The same after one more step; doing a step again forgets those that came after it. */
  public Manifest after(String step, List<Work> work, Map<String, TableChange> changed) {
    return with(
        epoch,
        State.BUILDING,
        isWhole,
        recomputedBecause,
        isVolumeAccepted,
        done.and(step, work, changed));
  }

  /** The same in another state. */
  public Manifest in(State newState) {
    return with(epoch, newState, isWhole, recomputedBecause, isVolumeAccepted, done);
  }

  /** The same, written under a lease. */
  public Manifest under(long newEpoch) {
    return with(newEpoch, state, isWhole, recomputedBecause, isVolumeAccepted, done);
  }

  /** The same with all facts computed whole, for one more reason. */
  public Manifest whole(String because) {
    List<String> reasons = new ArrayList<>(recomputedBecause);
    if (!reasons.contains(because)) {
      reasons.add(because);
    }
    return with(epoch, state, true, reasons, isVolumeAccepted, done);
  }

  /** The same, with unusual volumes accepted. */
  public Manifest acceptingVolumes() {
    return with(epoch, state, isWhole, recomputedBecause, true, done);
  }

  private Manifest with(
      long newEpoch,
      State newState,
      boolean isNowWhole,
      List<String> reasons,
      boolean isNowAccepted,
      Done nowDone) {
    return new Manifest(
        head, base, inputs, newEpoch, newState, isNowWhole, reasons, isNowAccepted, nowDone);
  }

  /** As JSON. */
  public String json() {
    try {
      return JSON.writeValueAsString(this);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("A manifest can always be written as JSON", e);
    }
  }

  /**
   * From JSON.
   *
   * @throws IllegalArgumentException if it is none, or not whole
   */
  public static Manifest parse(String json) {
    try {
      return JSON.readValue(json, Manifest.class);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("This is no whole manifest: " + e.getMessage(), e);
    }
  }
}
