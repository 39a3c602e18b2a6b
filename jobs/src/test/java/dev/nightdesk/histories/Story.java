package dev.nightdesk.histories;

import dev.nightdesk.histories.Version.Coming;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What has been told of one history so far. Everything in it has ids of its own. */
final class Story {

  static final ZoneId ZONE = ZoneId.of("Europe/Berlin");

  /** Tickets begin in these days: with a change of the clock, a month's and a quarter's end. */
  static final LocalDate FIRST_DAY = LocalDate.of(2026, 3, 18);

  static final int DAY_COUNT = 17;

  final String name;
  final Chance chance;
  private final List<Version> versions = new ArrayList<>();

  Story(String name, Chance chance) {
    this.name = name;
    this.chance = chance;
  }

  List<Version> versions() {
    return versions;
  }

  /** An id of this history. */
  String id(String id) {
    return name + "-" + id;
  }

  /** Fields in the order given; a null is left out. */
  static Map<String, Object> fields(Object... namesAndValues) {
    Map<String, Object> fields = new LinkedHashMap<>();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      if (namesAndValues[i + 1] != null) {
        fields.put((String) namesAndValues[i], namesAndValues[i + 1]);
      }
    }
    return fields;
  }

  /** A copy of fields with some of them changed; a null takes the field away. */
  static Map<String, Object> changed(Map<String, Object> fields, Object... namesAndValues) {
    Map<String, Object> copy = new LinkedHashMap<>(fields);
    for (int i = 0; i < namesAndValues.length; i += 2) {
      if (namesAndValues[i + 1] == null) {
        copy.remove(namesAndValues[i]);
      } else {
        copy.put((String) namesAndValues[i], namesAndValues[i + 1]);
      }
    }
    return copy;
  }

  void desk(String entity, Map<String, Object> fields, Happening... tells) {
    tell("desk", entity, fields, Coming.ANY, tells);
  }

  void tell(
      String source, String entity, Map<String, Object> fields, Coming coming, Happening... tells) {
    Set<Happening> happenings = EnumSet.noneOf(Happening.class);
    happenings.addAll(List.of(tells));
    versions.add(
        new Version(
            name, source, entity, new LinkedHashMap<>(fields), coming, Set.copyOf(happenings)));
  }

  /** An instant of the days of this history, in the office or at night. */
  Instant anyTime() {
    Instant at =
        FIRST_DAY
            .plusDays(chance.between(0, DAY_COUNT - 1))
            .atTime(chance.between(0, 23), chance.between(0, 59))
            .atZone(ZONE)
            .toInstant();
    return chance.of(0.04) ? midnightAfter(at) : at;
  }

  /** The instant at which the next local day begins: as of, if a night ends there. */
  static Instant midnightAfter(Instant at) {
    return at.atZone(ZONE).toLocalDate().plusDays(1).atStartOfDay(ZONE).toInstant();
  }

  /** Some while later: seconds, minutes, hours or days. */
  Instant later(Instant at) {
    if (chance.of(0.03)) {
      return midnightAfter(at);
    }
    return chance.within(
        at,
        chance.pick(
            Duration.ofMinutes(2),
            Duration.ofMinutes(40),
            Duration.ofHours(3),
            Duration.ofHours(14),
            Duration.ofDays(2)));
  }
}
