package dev.nightdesk.run;

import java.time.ZoneId;
import java.util.List;
import java.util.Map;

/**
 * One configured source.
 *
 * @param name its folder in the raw area, and the first part of every key
 * @param type its folder in {@code schemas/raw}
 * @param entities the raw entities that it delivers, each with whether a date may lack it
 * @param zone the zone of instants without offset; null if they must have one
 * @param delimiter the delimiter of its CSV files
 * @param columns field to the name that the dumps give it
 * @param options what its mapping SQL reads: {@code <option>_<column>} to texts
 */
record SourceConfig(
    String name,
    String type,
    Map<String, Promise> entities,
    ZoneId zone,
    char delimiter,
    Map<String, String> columns,
    Map<String, List<String>> options) {

  /** Whether every date must have a dump of an entity. */
  enum Promise {
    EVERY_DATE,
    OPTIONAL
  }
}
