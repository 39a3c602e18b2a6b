package dev.nightdesk.histories;

import dev.nightdesk.histories.NightPlan.Kind;
import dev.nightdesk.histories.Version.Coming;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Histories cut into nights by chance: every version comes in some night, in a dump of some date
 * that may hold it; some come twice, some files are written anew.
 */
public final class Cut {

  /** Whoever changes them has all tickets computed anew: not in a night that is about others. */
  private static final Set<String> DEFINITIONS = Set.of("schedule", "sla_policy");

  private static final int REWRITTEN_FILES = 4;

  private final List<NightPlan> plans;
  private final Chance chance;
  private final NightPlan definitionsNight;
  private final Map<NightPlan, List<DumpFile>> files = new LinkedHashMap<>();
  private final Map<Happening, Integer> happenings = new EnumMap<>(Happening.class);
  private final Map<String, List<Arrival>> arrivals = new HashMap<>();

  private record Arrival(int night, Version version) {}

  private record Place(String source, String entity, LocalDate date) {}

  /** Cuts all versions. */
  public Cut(List<Version> versions, List<NightPlan> plans, Chance chance) {
    this.plans = List.copyOf(plans);
    this.chance = chance;
    List<NightPlan> later =
        plans.stream().filter(plan -> plan.kind() == Kind.USUAL && plan.number() > 1).toList();
    // Of few nights none is spent on them.
    this.definitionsNight = plans.size() < 5 ? null : later.get(later.size() - 2);
    Map<NightPlan, Map<Place, List<Version>>> records = new LinkedHashMap<>();
    plans.forEach(plan -> records.put(plan, new LinkedHashMap<>()));
    for (Version version : versions) {
      NightPlan night = nightOf(version);
      if (night == null) {
        continue;
      }
      deliver(version, night, records);
      if (chance.of(0.06) && night.number() < plans.size()) {
        NightPlan again = plans.get(chance.between(night.number(), plans.size() - 1));
        if (again.kind() != Kind.EMPTY && !DEFINITIONS.contains(version.entity())) {
          deliver(version, again, records);
          count(Happening.REPEATED_RECORD);
        }
      }
    }
    records.forEach(this::toFiles);
    countOrders();
  }

  /** The nights, in order. */
  public List<NightPlan> plans() {
    return plans;
  }

  /** The files that a night brings, those of earlier nights that it rewrites included. */
  public List<DumpFile> filesOf(NightPlan plan) {
    return files.get(plan);
  }

  /** How often what occurred. */
  public Map<Happening, Integer> happenings() {
    return happenings;
  }

  /** The night in which definitions that are data change, and all is computed anew; or null. */
  public NightPlan definitionsNight() {
    return definitionsNight;
  }

  private NightPlan nightOf(Version version) {
    if (version.coming() == Coming.FIRST) {
      return plans.get(0);
    }
    if (version.coming() == Coming.WITH_DEFINITIONS) {
      return definitionsNight;
    }
    List<NightPlan> possible =
        plans.stream()
            .filter(plan -> plan.kind() != Kind.EMPTY)
            .filter(plan -> !plan.date().isBefore(version.firstDate()))
            .toList();
    int i = version.coming() == Coming.HELD_BACK ? 1 : 0;
    while (i + 1 < possible.size() && chance.of(0.3)) {
      i++;
    }
    return i < possible.size() ? possible.get(i) : null;
  }

  private void deliver(
      Version version, NightPlan night, Map<NightPlan, Map<Place, List<Version>>> records) {
    LocalDate date = night.date();
    if (chance.of(0.4)) {
      List<LocalDate> possible =
          night.dumpDates().stream().filter(dump -> !dump.isBefore(version.firstDate())).toList();
      date = chance.pick(possible);
    }
    records
        .get(night)
        .computeIfAbsent(
            new Place(version.source(), version.entity(), date), place -> new ArrayList<>())
        .add(version);
    version.tells().forEach(this::count);
    if (!version.latest().isBefore(night.asOf())) {
      count(Happening.KNOWN_BY_TIME);
    }
    if (version.firstDate().plusDays(3).isBefore(night.date())) {
      count(Happening.LATE_RECORD);
    }
    arrivals
        .computeIfAbsent(version.recordId(), id -> new ArrayList<>())
        .add(new Arrival(night.number(), version));
  }

  private void toFiles(NightPlan night, Map<Place, List<Version>> records) {
    List<DumpFile> written = new ArrayList<>();
    if (night.kind() == Kind.EMPTY) {
      for (String entity : List.of("social_mention", "survey", "self_service_session")) {
        written.add(
            new DumpFile("desk", entity, night.date(), "night-" + night.number(), List.of()));
        count(Happening.EMPTY_FILE);
      }
    }
    written.addAll(rewritten(night));
    records.forEach(
        (place, versions) -> {
          chance.shuffle(versions);
          written.add(
              new DumpFile(
                  place.source(),
                  place.entity(),
                  place.date(),
                  "night-" + night.number(),
                  List.copyOf(versions)));
        });
    files.put(night, written);
  }

  /** Files of earlier nights, each without some of its records and with others changed. */
  private List<DumpFile> rewritten(NightPlan night) {
    List<DumpFile> earlier = new ArrayList<>();
    if (night.kind() != Kind.EMPTY) {
      files.values().forEach(earlier::addAll);
    }
    earlier.removeIf(file -> DEFINITIONS.contains(file.entity()) || file.versions().size() < 3);
    // A file that an earlier night wrote anew says what it said last.
    Map<String, DumpFile> originals = new HashMap<>();
    Map<String, DumpFile> latest = new LinkedHashMap<>();
    for (DumpFile file : earlier) {
      originals.putIfAbsent(file.place(), file);
      latest.put(file.place(), file);
    }
    List<DumpFile> candidates = new ArrayList<>(latest.values());
    chance.shuffle(candidates);
    // Those that changed before first: some get their former content back.
    candidates.sort(Comparator.comparing(file -> originals.get(file.place()).equals(file) ? 1 : 0));
    Set<String> entities = new HashSet<>();
    List<DumpFile> rewritten = new ArrayList<>();
    for (DumpFile file : candidates) {
      if (rewritten.size() == REWRITTEN_FILES || !entities.add(file.entity())) {
        continue;
      }
      List<Version> kept = new ArrayList<>();
      for (Version version : file.versions()) {
        if (chance.of(0.85)) {
          kept.add(chance.of(0.3) ? Histories.rewritten(version) : version);
        }
      }
      DumpFile original = originals.get(file.place());
      if (original != null && !original.equals(file) && chance.of(0.5)) {
        rewritten.add(original);
        count(Happening.FILE_RESTORED);
      } else if (!kept.isEmpty()) {
        rewritten.add(new DumpFile(file.source(), file.entity(), file.date(), file.name(), kept));
        count(Happening.FILE_REWRITTEN);
      }
    }
    return rewritten;
  }

  private void countOrders() {
    Map<Object, List<Integer>> nightsOfTickets = new HashMap<>();
    arrivals.forEach(
        (record, versions) -> {
          for (int i = 1; i < versions.size(); i++) {
            for (int j = 0; j < i; j++) {
              Arrival one = versions.get(j);
              Arrival other = versions.get(i);
              if (one.night() > other.night()
                  && one.version().versionAt().isBefore(other.version().versionAt())) {
                count(Happening.OLDER_AFTER_NEWER);
              }
            }
          }
          Object ticket = versions.get(0).version().fields().get("ticket_id");
          if (ticket != null) {
            versions.forEach(
                arrival ->
                    nightsOfTickets
                        .computeIfAbsent(ticket, key -> new ArrayList<>())
                        .add(arrival.night()));
          }
          if (record.startsWith("message ")) {
            int row = firstNight(arrivals.getOrDefault("ticket " + ticket, List.of()));
            if (firstNight(versions) < row) {
              count(Happening.MESSAGE_BEFORE_TICKET);
            }
          }
        });
    nightsOfTickets
        .values()
        .forEach(
            nights -> {
              int first = nights.stream().min(Integer::compare).orElseThrow();
              int last = nights.stream().max(Integer::compare).orElseThrow();
              if (nights.stream().distinct().count() < last - first + 1) {
                count(Happening.TICKET_SILENT_FOR_A_NIGHT);
              }
            });
  }

  private static int firstNight(List<Arrival> arrivals) {
    return arrivals.stream().mapToInt(Arrival::night).min().orElse(Integer.MAX_VALUE);
  }

  private void count(Happening happening) {
    happenings.merge(happening, 1, Integer::sum);
  }
}
