package dev.nightdesk.histories;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Set;

/**
 * One version of a record, as a source would dump it.
 *
 * @param history the history that it belongs to
 * @param source the source that delivers it
 * @param entity its raw entity
 * @param fields its fields; instants, texts, numbers, lists and maps
 * @param coming when it comes
 * @param tells what it stands for
 */
public record Version(
    String history,
    String source,
    String entity,
    Map<String, Object> fields,
    Coming coming,
    Set<Happening> tells) {

  /** When a version comes, apart from chance. */
  public enum Coming {
    /** In the first night. */
    FIRST,
    /** In the one night in which definitions that are data change. */
    WITH_DEFINITIONS,
    /** Any night. */
    ANY,
    /** Any night but the first that could have it. */
    HELD_BACK
  }

  /** Validity dates may lie ahead; staging refuses nothing for them. */
  private static final Set<String> MAY_LIE_AHEAD = Set.of("left_at", "valid_from");

  /** So may planned work. */
  private static final Set<String> OF_SHIFTS = Set.of("started_at", "ended_at");

  /** The id of the record, with its ticket where it is unique within that only. */
  String recordId() {
    String id =
        switch (entity) {
          case "ticket_event" -> fields.get("ticket_id") + "/" + fields.get("event_id");
          case "message" -> fields.get("ticket_id") + "/" + fields.get("message_id");
          case "order", "customer" -> source + "/" + fields.get(entity + "_id");
          case "agent_shift" -> String.valueOf(fields.get("shift_id"));
          case "social_mention" -> String.valueOf(fields.get("mention_id"));
          case "self_service_session" -> String.valueOf(fields.get("session_id"));
          case "sla_policy" -> fields.get("policy_id") + "/" + fields.get("valid_from");
          case "schedule" -> fields.get("schedule_id") + "/" + fields.get("valid_from");
          default -> String.valueOf(fields.get(entity + "_id"));
        };
    return entity + " " + id;
  }

  /** The latest of its instants that staging looks at. */
  Instant latest() {
    return fields.entrySet().stream()
        .filter(field -> field.getValue() instanceof Instant)
        .filter(field -> !MAY_LIE_AHEAD.contains(field.getKey()))
        .filter(field -> !entity.equals("agent_shift") || !OF_SHIFTS.contains(field.getKey()))
        .map(field -> (Instant) field.getValue())
        .max(Instant::compareTo)
        .orElseThrow();
  }

  /** The version's instant, as the mappings choose it. */
  Instant versionAt() {
    for (String name : new String[] {"updated_at", "sent_at", "occurred_at", "used_at"}) {
      if (fields.get(name) instanceof Instant at) {
        return at;
      }
    }
    Object at = fields.getOrDefault("mentioned_at", fields.get("started_at"));
    return (Instant) at;
  }

  /** The first dump's date that staging accepts for it: one day before its latest instant. */
  LocalDate firstDate() {
    return latest().atZone(ZoneOffset.UTC).toLocalDate().minusDays(1);
  }
}
