package dev.nightdesk.publish;

import java.time.Instant;
import java.time.LocalDate;
import java.util.Map;

/**
 * One whole set of tables.
 *
 * @param id the run that published it
 * @param sequence its number, from 1
 * @param logicalDate the night
 * @param kind what made it: night, rollback or maintenance
 * @param publishedAt when it became visible
 * @param tableVersions Delta version of every published table
 * @param fingerprints of the definitions by which it was computed
 */
public record Publication(
    String id,
    long sequence,
    LocalDate logicalDate,
    String kind,
    Instant publishedAt,
    Map<String, Long> tableVersions,
    Map<String, String> fingerprints) {

  public Publication {
    tableVersions = Map.copyOf(tableVersions);
    fingerprints = Map.copyOf(fingerprints);
  }

  /** The same, with tables at other versions. */
  public Publication at(Map<String, Long> versions) {
    return new Publication(id, sequence, logicalDate, kind, publishedAt, versions, fingerprints);
  }
}
