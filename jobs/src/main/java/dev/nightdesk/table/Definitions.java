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
 * @param defaultSlaTargets first-response target per channel group (email, social, live, other),
 *     for sources without policies
 * @param channelGroups channel code to group (email, social, live); a channel that is not named is
 *     in group other
 * @param botKeys agent keys that are bots whatever their role says
 * @param windows how long after an event something else still belongs to it
 * @param handleTime what of a call's leg is handling
 * @param reportingCurrency ISO 4217 code of the money in wide tables; empty: they have none
 * @param sentimentLanguage BCP 47 language of messages whose source names none; empty: unknown
 * @param identity how people are recognised across sources
 * @param yardsticks what numbers are held against: levels, limits, goals
 */
public record Definitions(
    Map<String, Double> csatCutPoints,
    Map<String, Duration> defaultSlaTargets,
    Map<String, String> channelGroups,
    Set<String> botKeys,
    Windows windows,
    HandleTime handleTime,
    String reportingCurrency,
    String sentimentLanguage,
    Identity identity,
    Yardsticks yardsticks)
    implements Serializable {

  /** Agent of work that nobody did. */
  public static final String UNASSIGNED = "unassigned";

  /** Type, channel, brand or team of a ticket that has none. */
  public static final String UNSPECIFIED = "unspecified";

  /**
   * How long after an event something else still belongs to it. The end of a window is inside.
   *
   * @param firstContact after a solve: a next contact voids a first contact resolution
   * @param conversion after a ticket's creation: an order converts the ticket
   * @param automation after a ticket's creation and after its solve: a human or a new ticket voids
   *     an automated resolution
   * @param selfService after a session: a ticket tells that it did not help
   * @param retention after an order: its customer is active
   * @param shortAbandonment in the queue: a call that is given up earlier counts on neither side
   */
  public record Windows(
      Duration firstContact,
      Duration conversion,
      Duration automation,
      Duration selfService,
      Duration retention,
      Duration shortAbandonment)
      implements Serializable {}

  /** What of a call's leg is handling. */
  public enum HandleTime {
    TALK_AND_HOLD,
    TALK_HOLD_AND_WRAP_UP
  }

  /**
   * How people are recognised across sources.
   *
   * @param hashSalt goes before contact data that is hashed; a secret, never printed
   * @param phoneRegion ISO 3166 code of the country of phone numbers without country code; empty:
   *     such numbers recognise nobody
   */
  public record Identity(String hashSalt, String phoneRegion) implements Serializable {

    public Identity {
      Objects.requireNonNull(hashSalt, "hashSalt");
      Objects.requireNonNull(phoneRegion, "phoneRegion");
    }

    /** All but the salt. */
    @Override
    public String toString() {
      return "Identity[phoneRegion=%s]".formatted(phoneRegion);
    }
  }

  public Definitions {
    csatCutPoints = Map.copyOf(csatCutPoints);
    defaultSlaTargets = Map.copyOf(defaultSlaTargets);
    channelGroups = Map.copyOf(channelGroups);
    botKeys = Set.copyOf(botKeys);
    Objects.requireNonNull(windows, "windows");
    Objects.requireNonNull(handleTime, "handleTime");
    Objects.requireNonNull(reportingCurrency, "reportingCurrency");
    Objects.requireNonNull(sentimentLanguage, "sentimentLanguage");
    Objects.requireNonNull(identity, "identity");
    Objects.requireNonNull(yardsticks, "yardsticks");
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
}
