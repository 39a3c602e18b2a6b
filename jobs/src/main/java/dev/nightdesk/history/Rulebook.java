package dev.nightdesk.history;

import dev.nightdesk.logic.AuthorRoles;
import dev.nightdesk.logic.BusinessTime;
import dev.nightdesk.logic.Schedule;
import dev.nightdesk.logic.SlaMetric;
import dev.nightdesk.logic.SlaPolicies;
import dev.nightdesk.logic.SlaPolicy;
import dev.nightdesk.logic.TicketHeader;
import dev.nightdesk.table.Definitions;
import java.io.Serializable;
import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.sql.Row;

/** The small tables as values, sent to every task: who was what, which hours, which promises. */
final class Rulebook implements Serializable {

  private static final long serialVersionUID = 1L;

  private final AuthorRoles roles;
  private final Map<String, BusinessTime> schedules = new HashMap<>();
  private final Map<String, BusinessTime> defaultSchedules = new HashMap<>();
  private final Map<String, SlaPolicies> policies = new HashMap<>();
  private final Map<String, SlaPolicies> defaultPolicies = new HashMap<>();
  private final Definitions definitions;

  /**
   * A rulebook of staged rows, all their versions in any order.
   *
   * @param roles per agent key
   */
  Rulebook(
      Map<String, List<AuthorRoles.Role>> roles,
      List<Row> schedules,
      List<Row> policies,
      Definitions definitions) {
    this.definitions = definitions;
    this.roles = new AuthorRoles(roles, definitions.botKeys());
    readSchedules(StagedValues.newest(schedules, "schedule_key", "valid_from"));
    readPolicies(StagedValues.newest(policies, "policy_key", "valid_from"));
    definitions
        .defaultSlaTargets()
        .forEach(
            (group, target) ->
                defaultPolicies.put(group, SlaPolicies.onlyFirstResponse(target.toSeconds())));
  }

  /** Who was what, when. */
  AuthorRoles roles() {
    return roles;
  }

  /**
   * The hours of a ticket: of the schedule that it names, else of its source's default, else all
   * hours.
   */
  BusinessTime businessTime(TicketHeader ticket) {
    BusinessTime own = schedules.get(ticket.scheduleKey());
    return own == null
        ? defaultSchedules.getOrDefault(ticket.sourceCode(), BusinessTime.ALWAYS)
        : own;
  }

  /** The policies of a ticket's source, else the configured first response of its channel. */
  SlaPolicies policies(TicketHeader ticket) {
    SlaPolicies own = policies.get(ticket.sourceCode());
    return own == null ? defaultPolicies.get(definitions.channelGroup(ticket.channelCode())) : own;
  }

  private void readSchedules(Collection<Row> rows) {
    Map<String, List<Schedule.Version>> versions = new TreeMap<>();
    Map<String, String> defaults = new TreeMap<>(Comparator.reverseOrder());
    for (Row row : rows) {
      String key = row.getAs("schedule_key");
      versions.computeIfAbsent(key, any -> new ArrayList<>()).add(version(row));
      if (row.<Boolean>getAs("is_default")) {
        defaults.put(key, row.getAs("source_code"));
      }
    }
    versions.forEach((key, list) -> schedules.put(key, BusinessTime.of(new Schedule(list))));
    // Backwards, so that of several defaults of a source the first key stays.
    defaults.forEach((key, source) -> defaultSchedules.put(source, schedules.get(key)));
  }

  private static Schedule.Version version(Row row) {
    String zone = row.getAs("time_zone");
    try {
      List<Schedule.Hours> hours = new ArrayList<>();
      for (Row open : StagedValues.structs(row, "weekly_hours")) {
        hours.add(
            Schedule.Hours.of(
                DayOfWeek.of(open.<Integer>getAs("day_of_week")),
                open.getAs("opens_at"),
                open.getAs("closes_at")));
      }
      List<Schedule.Holiday> holidays = new ArrayList<>();
      for (Row closed : StagedValues.structs(row, "holidays")) {
        LocalDate first = StagedValues.date(closed.getAs("first_date"));
        LocalDate last = StagedValues.date(closed.getAs("last_date"));
        holidays.add(new Schedule.Holiday(first, last == null ? first : last));
      }
      return new Schedule.Version(
          StagedValues.micros(row.getAs("valid_from")), ZoneId.of(zone), hours, holidays);
    } catch (DateTimeException | IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "Schedule %s (zone %s) cannot be read: %s Mend it in the source's dump."
              .formatted(row.<String>getAs("schedule_key"), zone, e.getMessage()),
          e);
    }
  }

  private void readPolicies(Collection<Row> rows) {
    Map<String, List<SlaPolicy>> bySource = new HashMap<>();
    for (Row row : rows) {
      List<SlaPolicy.Target> targets = new ArrayList<>();
      for (Row target : StagedValues.structs(row, "targets")) {
        targets.add(
            new SlaPolicy.Target(
                SlaMetric.of(target.getAs("metric_code")),
                target.getAs("priority_code"),
                target.<Long>getAs("target_seconds"),
                target.<Boolean>getAs("is_business")));
      }
      bySource
          .computeIfAbsent(row.getAs("source_code"), any -> new ArrayList<>())
          .add(
              new SlaPolicy(
                  row.getAs("policy_key"),
                  row.<Integer>getAs("position"),
                  new HashSet<>(StagedValues.texts(row, "channel_codes")),
                  new HashSet<>(StagedValues.texts(row, "type_codes")),
                  StagedValues.micros(row.getAs("valid_from")),
                  targets));
    }
    bySource.forEach((source, list) -> policies.put(source, SlaPolicies.of(list)));
  }
}
