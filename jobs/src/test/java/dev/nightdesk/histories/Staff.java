package dev.nightdesk.histories;

import static dev.nightdesk.histories.Story.changed;
import static dev.nightdesk.histories.Story.fields;

import dev.nightdesk.histories.Version.Coming;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The people who answer, the hours in which they do, and what they promise. */
final class Staff {

  /** What the policy promises for a first and for every next response, by the calendar. */
  static final Duration FIRST_RESPONSE = Duration.ofHours(1);

  static final Duration NEXT_RESPONSE = Duration.ofMinutes(30);

  private final Story story;
  private final List<String> agents = new ArrayList<>();

  Staff(Story story) {
    this.story = story;
    for (String name : List.of("ada", "ben", "cleo")) {
      agents.add(story.id(name));
    }
  }

  String robot() {
    return story.id("robo");
  }

  /** Any agent; now and then one whom no dump of agents names. */
  String anyAgent() {
    return story.chance.of(0.04) ? story.id("ghost") : story.chance.pick(agents);
  }

  String schedule() {
    return story.id("hours");
  }

  String policy() {
    return story.id("promise");
  }

  void tell() {
    Instant before = Story.FIRST_DAY.minusDays(30).atStartOfDay(Story.ZONE).toInstant();
    for (String agent : agents) {
      Map<String, Object> row =
          fields("agent_id", agent, "name", agent, "team", "first", "role", "agent");
      // Some are heard of for the first time after they have written.
      Coming coming = story.chance.of(0.8) ? Coming.FIRST : Coming.HELD_BACK;
      story.tell("desk", "agent", changed(row, "updated_at", before), coming);
      if (story.chance.of(0.3)) {
        changeOfRole(row);
      }
      shifts(agent);
    }
    story.tell(
        "desk",
        "agent",
        fields("agent_id", robot(), "name", "Robo", "role", "bot", "updated_at", before),
        Coming.FIRST);
    hours(before);
    promises(before);
  }

  private void changeOfRole(Map<String, Object> row) {
    Instant at = story.anyTime();
    Map<String, Object> dated =
        changed(
            row,
            "role",
            null,
            "roles",
            List.of(
                fields("role", story.chance.pick("customer", "agent")),
                fields("role", "agent", "valid_from", at.toString())),
            "team",
            story.chance.pick("first", "second"),
            "updated_at",
            at);
    story.desk("agent", dated, Happening.ROLE_CHANGE, Happening.CORRECTION);
    if (story.chance.of(0.3)) {
      Instant end = story.later(at);
      story.desk("agent", changed(dated, "left_at", end, "updated_at", end), Happening.CORRECTION);
    }
  }

  private void shifts(String agent) {
    for (int i = 0; i < story.chance.between(1, 3); i++) {
      Instant start = story.anyTime();
      boolean isPresence = story.chance.of(0.4);
      Map<String, Object> shift =
          fields(
              "shift_id",
              agent + "-" + i,
              "agent_id",
              agent,
              "kind",
              isPresence ? "presence" : "shift",
              "started_at",
              start);
      Instant end = start.plus(Duration.ofHours(story.chance.between(2, 11)));
      if (isPresence && story.chance.of(0.6)) {
        story.desk("agent_shift", changed(shift, "updated_at", start), Happening.OPEN_PRESENCE);
        if (story.chance.of(0.5)) {
          continue;
        }
      }
      Map<String, Object> ended = changed(shift, "ended_at", end, "updated_at", end);
      if (!isPresence && story.chance.of(0.6)) {
        // Planned ahead, and not told of again when it comes.
        Instant planned = start.minus(Duration.ofDays(story.chance.between(1, 9)));
        story.desk(
            "agent_shift", changed(ended, "updated_at", planned), Happening.SHIFT_PLANNED_AHEAD);
        if (story.chance.of(0.5)) {
          continue;
        }
      }
      story.desk("agent_shift", ended);
      if (story.chance.of(0.3)) {
        story.desk(
            "agent_shift",
            changed(ended, "agent_id", anyAgent(), "updated_at", end.plusSeconds(60)),
            Happening.SHIFT_MOVED,
            Happening.CORRECTION);
      } else if (story.chance.of(0.15)) {
        story.desk(
            "agent_shift",
            changed(ended, "is_deleted", true, "updated_at", end.plusSeconds(60)),
            Happening.DELETION,
            Happening.CORRECTION);
      }
    }
  }

  private void hours(Instant before) {
    Map<String, Object> office =
        fields(
            "schedule_id",
            schedule(),
            "name",
            schedule(),
            "time_zone",
            story.chance.pick("Europe/Berlin", "America/New_York"),
            "weekly_hours",
            week(story.chance.pick("09:00", "07:30"), story.chance.pick("17:00", "18:00")),
            "holidays",
            List.of(fields("first_date", "2026-03-25")),
            "updated_at",
            before);
    story.tell("desk", "schedule", office, Coming.FIRST, Happening.HOLIDAY);
    if (story.chance.of(0.2)) {
      story.tell(
          "desk",
          "schedule",
          changed(
              office, "weekly_hours", week("10:00", "02:00"), "updated_at", before.plusSeconds(9)),
          Coming.WITH_DEFINITIONS,
          Happening.SCHEDULE_CHANGE,
          Happening.CORRECTION);
    } else if (story.chance.of(0.2)) {
      Instant at = story.anyTime();
      story.tell(
          "desk",
          "schedule",
          changed(
              office,
              "valid_from",
              at,
              "weekly_hours",
              week("08:00", "12:00"),
              "holidays",
              List.of(fields("first_date", "2026-04-03", "last_date", "2026-04-06"))),
          Coming.WITH_DEFINITIONS,
          Happening.SCHEDULE_CHANGE);
    }
  }

  private static List<Map<String, Object>> week(String opens, String closes) {
    return List.of("monday", "tuesday", "wednesday", "thursday", "friday").stream()
        .map(day -> fields("day", day, "opens", opens, "closes", closes))
        .toList();
  }

  private void promises(Instant before) {
    Map<String, Object> policy =
        fields(
            "policy_id",
            policy(),
            "name",
            policy(),
            "position",
            1,
            "types",
            List.of(story.id("returns"), story.id("delivery")),
            "targets",
            targets(FIRST_RESPONSE.toSeconds(), "normal"),
            "updated_at",
            before);
    story.tell("desk", "sla_policy", policy, Coming.FIRST);
    if (story.chance.of(0.2)) {
      story.tell(
          "desk",
          "sla_policy",
          changed(
              policy,
              "targets",
              targets(FIRST_RESPONSE.toSeconds() * 3, "normal"),
              "updated_at",
              before.plusSeconds(9)),
          Coming.WITH_DEFINITIONS,
          Happening.POLICY_CHANGE,
          Happening.CORRECTION);
    }
  }

  private static List<Map<String, Object>> targets(long firstResponseSeconds, String priority) {
    return List.of(
        fields(
            "metric",
            "first_response",
            "priority",
            priority,
            "target_seconds",
            firstResponseSeconds,
            "is_business",
            false),
        fields("metric", "first_response", "priority", "urgent", "target_seconds", 600),
        fields(
            "metric",
            "next_response",
            "priority",
            priority,
            "target_seconds",
            NEXT_RESPONSE.toSeconds()),
        fields(
            "metric",
            "resolution",
            "priority",
            priority,
            "target_seconds",
            28_800,
            "is_business",
            true),
        fields("metric", "resolution", "priority", "urgent", "target_seconds", 7_200));
  }
}
