package dev.nightdesk.run;

import dev.nightdesk.staged.TextForms;
import java.util.List;
import java.util.Map;

/**
 * One configured source.
 *
 * @param name its folder in the raw area, and the first part of every key
 * @param type its folder in {@code schemas/raw}
 * @param entities the raw entities that it delivers, each with what is promised of it and where it
 *     is
 * @param texts how its texts are understood
 * @param delimiter the delimiter of its CSV files
 * @param columns field to the name that the dumps give it
 * @param options what its mapping SQL reads: {@code <option>_<column>} to texts
 */
record SourceConfig(
    String name,
    String type,
    Map<String, Supply> entities,
    TextForms texts,
    char delimiter,
    Map<String, String> columns,
    Map<String, List<String>> options) {

  /**
   * How an entity comes.
   *
   * @param folder the folder of its files; another entity's if they share files
   * @param streams what a connector calls its records; empty: as the contract says
   */
  record Supply(Promise promise, String folder, List<String> streams) {}

  /** Whether every date must have a dump of an entity. */
  enum Promise {
    EVERY_DATE,
    OPTIONAL
  }
}
