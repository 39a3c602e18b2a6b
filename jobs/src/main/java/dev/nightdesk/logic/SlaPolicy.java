package dev.nightdesk.logic;

import java.io.Serializable;
import java.util.List;
import java.util.Set;

/**
 * An SLA policy from one instant on.
 *
 * @param position the lowest position that matches a ticket applies
 * @param channelCodes channels that it is for; empty: all
 * @param typeCodes ticket types that it is for; empty: all
 * @param validFrom microseconds; null: from the beginning
 */
public record SlaPolicy(
    String policyKey,
    int position,
    Set<String> channelCodes,
    Set<String> typeCodes,
    Long validFrom,
    List<Target> targets)
    implements Serializable {

  public SlaPolicy {
    channelCodes = Set.copyOf(channelCodes);
    typeCodes = Set.copyOf(typeCodes);
    targets = List.copyOf(targets);
  }

  /**
   * A promised time.
   *
   * @param priorityCode null: for every ticket whose priority has no target of its own
   * @param isBusiness runs inside open hours only
   */
  public record Target(SlaMetric metric, String priorityCode, long seconds, boolean isBusiness)
      implements Serializable {}

  boolean isFor(String channelCode, String typeCode) {
    return (channelCodes.isEmpty() || channelCodes.contains(channelCode))
        && (typeCodes.isEmpty() || typeCodes.contains(typeCode));
  }

  boolean holdsAt(long at) {
    return validFrom == null || validFrom <= at;
  }

  /** The target of a priority, else the one for every priority, else null. */
  Target target(SlaMetric metric, String priorityCode) {
    Target general = null;
    for (Target target : targets) {
      if (target.metric() == metric) {
        if (target.priorityCode() == null) {
          general = target;
        } else if (target.priorityCode().equals(priorityCode)) {
          return target;
        }
      }
    }
    return general;
  }
}
