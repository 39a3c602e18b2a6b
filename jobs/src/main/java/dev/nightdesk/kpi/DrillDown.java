package dev.nightdesk.kpi;

import dev.nightdesk.contract.SqlParameters;
import dev.nightdesk.kpi.Topic.Kind;
import dev.nightdesk.table.Night;
import dev.nightdesk.table.ReportingCalendar;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The rows behind a number: the SQL that made it, narrowed to one period and member.
 *
 * <p>The queries run as they are over the published facts, in any session whose time zone is UTC.
 */
public final class DrillDown {

  private final KpiCatalog catalog;
  private final Night night;

  public DrillDown(KpiCatalog catalog, Night night) {
    this.catalog = catalog;
    this.night = night;
  }

  /**
   * The queries that list what a KPI counted, by measure of its formula; measures of topics that
   * are no contributions have none, since their rows are not of one instant. Money is listed in the
   * reporting currency.
   *
   * @param kpi its name
   * @param grain the period's grain; not an hour
   * @param day a local day of the period
   * @param member of {@code breakdown}; ignored for {@code all}
   * @throws java.util.NoSuchElementException if there is no such KPI
   */
  public Map<String, String> queries(
      String kpi, Grain grain, LocalDate day, Breakdown breakdown, String member) {
    LocalDate first = first(grain, day);
    Instant start = at(first);
    Instant end = at(after(grain, first));
    Map<String, String> queries = new LinkedHashMap<>();
    for (String name : catalog.kpi(kpi).measures()) {
      Topic topic = catalog.topicOf(name);
      if (topic.kind() != Kind.CONTRIBUTIONS) {
        continue;
      }
      Measure measure =
          topic.measures().stream()
              .filter(own -> own.name().equals(name))
              .findFirst()
              .orElseThrow();
      List<String> conditions = new ArrayList<>();
      // A level is all that changed it, from the beginning.
      if (measure.fold() != Fold.RUNNING) {
        conditions.add("occurred_at >= " + SqlParameters.literal(start));
      }
      conditions.add(
          "occurred_at < "
              + SqlParameters.literal(end.isBefore(night.asOf()) ? end : night.asOf()));
      if (!breakdown.equals(Breakdown.ALL)) {
        conditions.add(breakdown.column() + " = " + SqlParameters.literal(member));
      }
      if (topic.isMoney()) {
        conditions.add(
            Contributions.CURRENCY
                + " = "
                + SqlParameters.literal(night.definitions().reportingCurrency()));
      }
      if (!measure.where().isEmpty()) {
        conditions.add("(" + measure.where() + ")");
      }
      if (measure.fold() == Fold.DISTRIBUTION || measure.fold() == Fold.SUM) {
        conditions.add("(" + measure.value() + ") IS NOT NULL");
      }
      queries.put(
          name,
          "SELECT *\nFROM (\n%s\n)\nWHERE %s\nORDER BY occurred_at, ticket_key"
              .formatted(
                  SqlParameters.bind(topic.sqlFile(), topic.sql(), Contributions.parameters(night))
                      .strip(),
                  String.join("\n  AND ", conditions)));
    }
    return queries;
  }

  private LocalDate first(Grain grain, LocalDate day) {
    ReportingCalendar calendar = night.calendar();
    return switch (grain) {
      case HOUR ->
          throw new IllegalArgumentException(
              "A day does not name an hour. Ask for the day of %s, or a longer period."
                  .formatted(day));
      case DAY -> day;
      case WEEK -> calendar.weekStart(day);
      case MONTH -> calendar.monthStart(day);
      case QUARTER -> calendar.quarterStart(day);
    };
  }

  private static LocalDate after(Grain grain, LocalDate first) {
    return switch (grain) {
      case HOUR, DAY -> first.plusDays(1);
      case WEEK -> first.plusWeeks(1);
      case MONTH -> first.plusMonths(1);
      case QUARTER -> first.plusMonths(3);
    };
  }

  private Instant at(LocalDate day) {
    return day.atStartOfDay(night.zone()).toInstant();
  }
}
