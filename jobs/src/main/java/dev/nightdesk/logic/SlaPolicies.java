package dev.nightdesk.logic;

import java.io.Serializable;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;

/** The SLA policies of one source through their history. */
public final class SlaPolicies implements Serializable {

  /** The policy of a source that delivers none. */
  public static final String DEFAULT_KEY = "default";

  private static final long serialVersionUID = 1L;

  private final Map<String, List<SlaPolicy>> versions;
  private final SlaPolicy fallback;

  private SlaPolicies(Map<String, List<SlaPolicy>> versions, SlaPolicy fallback) {
    this.versions = versions;
    this.fallback = fallback;
  }

  /** The policies that a source delivers, all their versions in any order. */
  public static SlaPolicies of(Collection<SlaPolicy> policies) {
    Map<String, List<SlaPolicy>> versions = new HashMap<>();
    for (SlaPolicy policy : policies) {
      versions.merge(
          policy.policyKey(),
          List.of(policy),
          (a, b) ->
              Stream.concat(a.stream(), b.stream())
                  .sorted(
                      Comparator.comparing(
                          SlaPolicy::validFrom, Comparator.nullsFirst(Comparator.naturalOrder())))
                  .toList());
    }
    return new SlaPolicies(versions, null);
  }

  /** One promise for a source that delivers none: the first response, by calendar time. */
  public static SlaPolicies onlyFirstResponse(long seconds) {
    SlaPolicy policy =
        new SlaPolicy(
            DEFAULT_KEY,
            0,
            Set.of(),
            Set.of(),
            null,
            List.of(new SlaPolicy.Target(SlaMetric.FIRST_RESPONSE, null, seconds, false)));
    return new SlaPolicies(Map.of(), policy);
  }

  /** The policy that applies to a ticket by itself at an instant; null: none. */
  SlaPolicy matching(String channelCode, String typeCode, long at) {
    if (fallback != null) {
      return fallback;
    }
    return versions.keySet().stream()
        .map(key -> named(key, at))
        .filter(Objects::nonNull)
        .filter(policy -> policy.isFor(channelCode, typeCode))
        .min(Comparator.comparingInt(SlaPolicy::position).thenComparing(SlaPolicy::policyKey))
        .orElse(null);
  }

  /** The version of a policy at an instant; null: no such policy then. */
  SlaPolicy named(String policyKey, long at) {
    if (fallback != null) {
      return fallback;
    }
    SlaPolicy found = null;
    for (SlaPolicy policy : versions.getOrDefault(policyKey, List.of())) {
      if (policy.holdsAt(at)) {
        found = policy;
      }
    }
    return found;
  }
}
