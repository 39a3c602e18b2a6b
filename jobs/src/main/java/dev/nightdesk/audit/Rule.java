package dev.nightdesk.audit;

import java.util.Locale;

/** What is held against tables and dumps. */
public enum Rule {
  /** No two written rows have one key. */
  KEY_UNIQUE,
  /** A required column is never null. */
  NOT_NULL,
  /** A code is one of its closed list. */
  ACCEPTED_CODE,
  /** Durations and counts are not negative. */
  NOT_NEGATIVE,
  /** An instant does not lie before the one that its contract names. */
  INSTANTS_IN_ORDER,
  /** A ratio is 0 to 1. */
  RATIO_IN_RANGE,
  /** A value that names a row of another table finds it there. */
  REFERENCE,
  /** The figures of a day, over all members, are the sums of the day's cells. */
  CELLS_ADD_UP,
  /** The levels of all members at the end of a day are the level of all. */
  MEMBERS_ADD_UP,
  /** Weeks, months, quarters and hours hold together what the days hold. */
  PERIODS_ADD_UP,
  /** The days hold together what the facts hold. */
  COUNTS_MATCH_FACTS,
  /** backlog = backlog of the day before + created + reopened − solved. */
  BACKLOG_IDENTITY,
  /** A dump is not empty where the dump before had records. */
  VOLUME_EMPTY,
  /** A dump has not far fewer records than the dumps before. */
  VOLUME_DROP,
  /** A dump has not far more records than the dumps before. */
  VOLUME_RISE;

  /** The rule as {@code audit_result} writes it. */
  public String code() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Whether a person may accept what breaks it: dumps can be odd and yet right. */
  public boolean isOfVolume() {
    return this == VOLUME_EMPTY || this == VOLUME_DROP || this == VOLUME_RISE;
  }
}
