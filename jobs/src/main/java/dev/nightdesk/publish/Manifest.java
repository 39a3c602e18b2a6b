package dev.nightdesk.publish;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.nightdesk.io.TableChange;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a night has done so far and what it stands on: written after every step, so that the next
 * step can be another process, and the last one be finished by whoever comes after a crash.
 *
 * @param runId the run that began the night
 * @param sequence number of the publication that it will be
 * @param basePublicationId the publication that it stands on; empty: none
 * @param baseVersions version of every table in that publication
 * @param baseLogicalDate logical date of that publication; empty: none
 * @param logicalDate the night
 * @param epoch of the lease under which it was last written
 * @param state how far it is
 * @param steps steps that are done, in order
 * @param isWhole whether facts are computed whole, not only what was touched
 * @param recomputedBecause why something is computed whole although there is a base, in words
 * @param isVolumeAccepted whether somebody accepted unusual volumes
 * @param arrivedFileIds raw files that came with this night
 * @param goneFileIds contents of raw files that stopped to count with this night
 * @param fingerprints of the definitions by which it is computed, by what they define
 * @param work what was done, for the table {@code run}
 * @param changes files per table
 * @param kind what it becomes a publication of
 * @param restoredPublicationId the publication that a rollback returns to; empty: no rollback
 */
public record Manifest(
    String runId,
    long sequence,
    String basePublicationId,
    Map<String, Long> baseVersions,
    String baseLogicalDate,
    String logicalDate,
    long epoch,
    State state,
    List<String> steps,
    boolean isWhole,
    List<String> recomputedBecause,
    boolean isVolumeAccepted,
    List<String> arrivedFileIds,
    List<String> goneFileIds,
    Map<String, String> fingerprints,
    List<Work> work,
    Map<String, TableChange> changes,
    Kind kind,
    String restoredPublicationId) {

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
   * A table that a step has made.
   *
   * @param step the step
   * @param table the table
   * @param rowCount rows written
   * @param seconds wall time
   * @param inputFileCount raw files that it comes of; 0 for tables made of tables
   */
  public record Work(
      String step, String table, long rowCount, double seconds, long inputFileCount) {}

  public Manifest {
    baseVersions = Map.copyOf(baseVersions);
    steps = List.copyOf(steps);
    recomputedBecause = List.copyOf(recomputedBecause);
    arrivedFileIds = List.copyOf(arrivedFileIds);
    goneFileIds = List.copyOf(goneFileIds);
    fingerprints = Map.copyOf(fingerprints);
    work = List.copyOf(work);
    changes = Map.copyOf(changes);
  }

  /** The night. */
  @JsonIgnore
  public LocalDate night() {
    return LocalDate.parse(logicalDate);
  }

  /** The night of the publication that it stands on; null: none. */
  @JsonIgnore
  public LocalDate nightBefore() {
    return baseLogicalDate.isEmpty() ? null : LocalDate.parse(baseLogicalDate);
  }

  /** The same after one more step; doing a step again forgets those that came after it. */
  public Manifest after(String step, List<Work> done, Map<String, TableChange> changed) {
    List<String> stepsDone = new ArrayList<>();
    List<Work> works = new ArrayList<>();
    for (String before : steps) {
      if (before.equals(step)) {
        break;
      }
      stepsDone.add(before);
    }
    work.stream().filter(one -> stepsDone.contains(one.step())).forEach(works::add);
    stepsDone.add(step);
    works.addAll(done);
    return new Manifest(
        runId,
        sequence,
        basePublicationId,
        baseVersions,
        baseLogicalDate,
        logicalDate,
        epoch,
        State.BUILDING,
        stepsDone,
        isWhole,
        recomputedBecause,
        isVolumeAccepted,
        arrivedFileIds,
        goneFileIds,
        fingerprints,
        works,
        new LinkedHashMap<>(changed),
        kind,
        restoredPublicationId);
  }

  /** The same in another state. */
  public Manifest in(State newState) {
    return with(newState, epoch);
  }

  /** The same, written under a lease. */
  public Manifest under(long newEpoch) {
    return with(state, newEpoch);
  }

  private Manifest with(State newState, long newEpoch) {
    return new Manifest(
        runId,
        sequence,
        basePublicationId,
        baseVersions,
        baseLogicalDate,
        logicalDate,
        newEpoch,
        newState,
        steps,
        isWhole,
        recomputedBecause,
        isVolumeAccepted,
        arrivedFileIds,
        goneFileIds,
        fingerprints,
        work,
        changes,
        kind,
        restoredPublicationId);
  }

  /** The same with all facts computed whole, for one more reason. */
  public Manifest whole(String because) {
    List<String> reasons = new ArrayList<>(recomputedBecause);
    if (!reasons.contains(because)) {
      reasons.add(because);
    }
    return new Manifest(
        runId,
        sequence,
        basePublicationId,
        baseVersions,
        baseLogicalDate,
        logicalDate,
        epoch,
        state,
        steps,
        true,
        reasons,
        isVolumeAccepted,
        arrivedFileIds,
        goneFileIds,
        fingerprints,
        work,
        changes,
        kind,
        restoredPublicationId);
  }

  /** The same, with unusual volumes accepted. */
  public Manifest acceptingVolumes() {
    return new Manifest(
        runId,
        sequence,
        basePublicationId,
        baseVersions,
        baseLogicalDate,
        logicalDate,
        epoch,
        state,
        steps,
        isWhole,
        recomputedBecause,
        true,
        arrivedFileIds,
        goneFileIds,
        fingerprints,
        work,
        changes,
        kind,
        restoredPublicationId);
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
