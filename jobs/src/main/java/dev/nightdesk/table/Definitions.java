package dev.nightdesk.table;

import java.io.Serializable;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * What the definitions of the numbers leave to configuration. One for all history.
 *
 * @param csatCutPoints lowest positive score per scale, "min-max" to score: {"1-5": 4, "1-10": 8}
 * @param firstContactWindow how long after a solve a new contact voids a first contact resolution
 * @param defaultSlaTargets first-response target per channel group (email, social, live, other),
 *     for sources without policies
 * @param channelGroups channel code to group (email, social, live); a channel that is not named is
 *     in group other
 * @param botKeys agent keys that are bots whatever their role says
 * @param hashSalt goes before contact data that is hashed; a secret, never printed
 */
public record Definitions(
    Map<String, Double> csatCutPoints,
    Duration firstContactWindow,
    Map<String, Duration> defaultSlaTargets,
    Map<String, String> channelGroups,
    Set<String> botKeys,
    String hashSalt)
    implements Serializable {

  /** Agent of work that nobody did. */
  public static final String UNASSIGNED = "unassigned";

  /** Type, channel, brand or team of a ticket that has none. */
  public static final String UNSPECIFIED = "unspecified";

  /** The definitions of a warehouse that configures none. */
  public static final Definitions DEFAULT =
      new Definitions(
          Map.of("1-5", 4.0, "1-10", 8.0),
          Duration.ofDays(7),
          Map.of(
              "email", Duration.ofHours(24),
              "social", Duration.ofHours(24),
              "other", Duration.ofHours(24),
              "live", Duration.ofMinutes(10)),
          Map.ofEntries(
              Map.entry("email", "email"),
              Map.entry("web", "email"),
              Map.entry("facebook", "social"),
              Map.entry("instagram", "social"),
              Map.entry("twitter", "social"),
              Map.entry("chat", "live"),
              Map.entry("sms", "live"),
              Map.entry("whatsapp", "live"),
              Map.entry("phone", "live")),
          Set.of(),
          "");

  public Definitions {
    csatCutPoints = Map.copyOf(csatCutPoints);
    defaultSlaTargets = Map.copyOf(defaultSlaTargets);
    channelGroups = Map.copyOf(channelGroups);
    botKeys = Set.copyOf(botKeys);
    Objects.requireNonNull(hashSalt, "hashSalt");
    for (String group : List.of("email", "social", "live", "other")) {
      if (!defaultSlaTargets.containsKey(group)) {
        throw new IllegalArgumentException(
            "default-sla names no target for the channel group %s; it names %s. Add it."
                .formatted(group, defaultSlaTargets.keySet()));
      }
    }
  }

  /** How a channel is measured: email, social, live or other. */
  public String channelGroup(String channelCode) {
    return channelGroups.getOrDefault(channelCode, "other");
  }

  /** All definitions but the salt. */
  @Override
  public String toString() {
    return "Definitions[csatCutPoints=%s, firstContactWindow=%s, defaultSlaTargets=%s, channelGroups=%s, botKeys=%s]"
        .formatted(csatCutPoints, firstContactWindow, defaultSlaTargets, channelGroups, botKeys);
  }
}
