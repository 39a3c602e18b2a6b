package dev.nightdesk.publish;

import java.time.LocalDate;
import java.util.Map;

/**
 * One whole set of tables.
 *
 * @param id the run that published it
 * @param sequence its number, from 1
 * @param logicalDate the night
 * @param tableVersions Delta version of every published table
 * @param fingerprints of the definitions by which it was computed
 */
public record Publication(
    String id,
    long sequence,
    LocalDate logicalDate,
    Map<String, Long> tableVersions,
    Map<String, String> fingerprints) {

  public Publication {
    tableVersions = Map.copyOf(tableVersions);
    fingerprints = Map.copyOf(fingerprints);
  }
}
