package dev.nightdesk.staged;

import dev.nightdesk.logic.Durations;
import dev.nightdesk.logic.Instants;
import java.io.Serializable;
import java.time.ZoneId;
import java.util.List;

/**
 * How the texts of a source's dumps are understood, where they do not say it themselves.
 *
 * @param instants how instants are read
 * @param durations how lengths of time are read
 * @param isDecimalComma whether numbers have a comma where others have a point, and points between
 *     thousands
 */
public record TextForms(Instants instants, Durations durations, boolean isDecimalComma)
    implements Serializable {

  /**
   * The forms that a configuration names.
   *
   * @param zone the zone of instants without offset; null if they must have one
   * @param instantFormats forms of instants besides ISO 8601
   * @param durationUnit the unit of lengths of time that are numbers
   * @throws IllegalArgumentException if a form or unit is none
   */
  public static TextForms of(
      ZoneId zone, List<String> instantFormats, boolean isDecimalComma, String durationUnit) {
    return new TextForms(
        new Instants(zone, instantFormats), Durations.in(durationUnit), isDecimalComma);
  }

  /**
   * The same, with a zone for instants without offset where none is named.
   *
   * @param zone what is assumed
   */
  TextForms assuming(ZoneId zone) {
    return new TextForms(instants.assuming(zone), durations, isDecimalComma);
  }
}
