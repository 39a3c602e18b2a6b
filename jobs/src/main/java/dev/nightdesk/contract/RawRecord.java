package dev.nightdesk.contract;

import java.io.Serializable;
import java.util.List;
import java.util.Map;

/**
 * One record of a raw file before its fields are understood.
 *
 * @param position its number in the file, from 1
 * @param text the record as it was read; null if nobody asked for it
 * @param values the text of each field that the record has; absent and null are the same
 * @param unknown names of fields that the contract does not know
 * @param problem why the record cannot be understood at all; null if it can
 */
public record RawRecord(
    long position, String text, Map<String, String> values, List<String> unknown, String problem)
    implements Serializable {

  /** A record of which nothing but its text is known. */
  public static RawRecord unreadable(long position, String text, String problem) {
    return new RawRecord(position, text, Map.of(), List.of(), problem);
  }
}
