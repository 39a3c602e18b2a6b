package dev.nightdesk.generate;

import java.time.LocalDate;
import java.util.List;

/** Business hours with holidays, and the promised response and resolution times. */
final class HouseRules {

  /** The schedule of everything that names none. */
  static final long OFFICE = 1;

  /** Round the clock, for social channels. */
  static final long SOCIAL = 2;

  private static final List<String> WORKDAYS =
      List.of("monday", "tuesday", "wednesday", "thursday", "friday");
  private static final List<String> ALL_DAYS =
      List.of("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday");
  private static final List<String> PRIORITIES = List.of("urgent", "high", "normal", "low");

  private final Days days;
  private final DumpWriter dumps;

  HouseRules(Days days, DumpWriter dumps) {
    this.days = days;
    this.dumps = dumps;
  }

  /** All rules on the first day; halfway the standard targets become tighter. */
  void deliver(int day) {
    if (day == 0) {
      office();
      social();
      policy(1, "Live", List.of("chat", "phone", "whatsapp"), 600, 8 * 3_600, 0);
      policy(2, "Standard", List.of(), 8 * 3_600, 72 * 3_600, 0);
    }
    if (day > 0 && day == days.count() / 2) {
      policy(2, "Standard", List.of(), 6 * 3_600, 48 * 3_600, days.start(day));
    }
  }

  private void office() {
    Line line = schedule(OFFICE, "Office").flag("is_default", true).beginList("weekly_hours");
    for (String day : WORKDAYS) {
      hours(line, day, "09:00", "18:00");
    }
    hours(line, "saturday", "10:00", "14:00");
    line.endList().beginList("holidays");
    LocalDate last = days.date(days.count() - 1).plusDays(365);
    for (LocalDate date = days.date(0); date.isBefore(last); date = date.plusDays(1)) {
      if (days.isHoliday(date)) {
        line.beginItem().text("first_date", date.toString()).endItem();
      }
    }
    line.endList();
    dumps.deliverToday();
  }

  private void social() {
    Line line = schedule(SOCIAL, "Round the clock").beginList("weekly_hours");
    for (String day : ALL_DAYS) {
      hours(line, day, "00:00", "24:00");
    }
    line.endList();
    dumps.deliverToday();
  }

  private Line schedule(long id, String name) {
    return dumps
        .line(Entity.SCHEDULE)
        .id("schedule_id", id)
        .text("name", name)
        .text("time_zone", days.zone().getId())
        .instant("updated_at", days.start(0) - Days.SECONDS);
  }

  private static void hours(Line line, String day, String opens, String closes) {
    line.beginItem().text("day", day).text("opens", opens).text("closes", closes).endItem();
  }

  private void policy(
      long id, String name, List<String> channels, long response, long resolution, long from) {
    Line line =
        dumps.line(Entity.SLA_POLICY).id("policy_id", id).text("name", name).number("position", id);
    if (!channels.isEmpty()) {
      line.beginList("channels");
      channels.forEach(line::item);
      line.endList();
    }
    line.optionalInstant("valid_from", from).beginList("targets");
    for (int rank = 0; rank < PRIORITIES.size(); rank++) {
      String priority = PRIORITIES.get(rank);
      // Normal has the full time, urgent a quarter, low twice as much.
      long factor = 1L << rank;
      target(line, "first_response", priority, response * factor / 4);
      target(line, "next_response", priority, response * factor / 4);
      target(line, "resolution", priority, resolution * factor / 4);
    }
    line.endList().instant("updated_at", from == 0 ? days.start(0) - Days.SECONDS : from);
    dumps.deliverToday();
  }

  private static void target(Line line, String metric, String priority, long seconds) {
    line.beginItem()
        .text("metric", metric)
        .text("priority", priority)
        .number("target_seconds", seconds)
        .flag("is_business", true)
        .endItem();
  }
}
