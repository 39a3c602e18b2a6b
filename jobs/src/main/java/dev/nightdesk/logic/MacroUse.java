package dev.nightdesk.logic;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * A use of a macro on a ticket.
 *
 * @param macroUseKey the record
 * @param macroKey the macro
 * @param usedInId what it made: the message, else the event, else the use itself
 * @param agentKey who used it; null: unknown
 * @param usedAt microseconds
 */
public record MacroUse(
    String macroUseKey, String macroKey, String usedInId, String agentKey, long usedAt) {

  private static final Comparator<MacroUse> ORDER =
      Comparator.comparingLong(MacroUse::usedAt).thenComparing(MacroUse::macroUseKey);

  public MacroUse {
    Objects.requireNonNull(macroUseKey, "macroUseKey");
    Objects.requireNonNull(macroKey, "macroKey");
    Objects.requireNonNull(usedInId, "usedInId");
  }

  /** The first use of each macro in each message or event, before an instant; in order. */
  static List<MacroUse> distinctBefore(List<MacroUse> uses, long asOf) {
    Map<List<String>, MacroUse> first = new LinkedHashMap<>();
    for (MacroUse use : uses.stream().sorted(ORDER).toList()) {
      if (use.usedAt() < asOf) {
        first.putIfAbsent(List.of(use.macroKey(), use.usedInId()), use);
      }
    }
    return new ArrayList<>(first.values());
  }
}
