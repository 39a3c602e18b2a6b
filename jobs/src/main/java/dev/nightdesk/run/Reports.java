package dev.nightdesk.run;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.not;

import dev.nightdesk.contract.Contracts;
import dev.nightdesk.io.PublishedTables;
import dev.nightdesk.kpi.Breakdown;
import dev.nightdesk.kpi.Grain;
import dev.nightdesk.kpi.Kpi;
import dev.nightdesk.kpi.KpiEngine;
import dev.nightdesk.report.Findings;
import dev.nightdesk.report.KpiReport;
import dev.nightdesk.report.MemberReport;
import dev.nightdesk.report.NightSummary;
import dev.nightdesk.report.ReportKpi;
import dev.nightdesk.report.ReportPeriod;
import dev.nightdesk.report.ReportPoint;
import java.sql.Date;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Fills the records of the reports from the KPI tables. */
final class Reports {

  private static final List<String> HEADLINES =
      List.of(
          "created_ticket_count",
          "solved_ticket_count",
          "backlog_ticket_count",
          "first_response_seconds_p50",
          "resolution_seconds_p50",
          "sla_met_ratio",
          "csat_ratio",
          "one_touch_ratio");

  /** What the report of agents has besides. */
  private static final List<String> OF_AGENTS =
      List.of("worked_seconds", "solved_per_worked_hour", "converted_ticket_count");

  private static final Map<String, String> RANKS =
      Map.of(
          "solved_ticket_count", "solve_rank",
          "csat_ratio", "csat_rank",
          "first_response_seconds_p50", "first_response_rank",
          "resolution_seconds_p50", "resolution_rank");

  /** What a lead looks at first: a screen of the catalogue. */
  private static final Set<String> KEY_FIGURES =
      Set.of(
          "created_ticket_count",
          "solved_ticket_count",
          "backlog_ticket_count",
          "backlog_customer_waiting_ticket_count",
          "reopen_count",
          "social_mention_count",
          "first_response_seconds_p50",
          "response_seconds_p50",
          "resolution_seconds_p50",
          "handle_seconds_mean",
          "sla_met_ratio",
          "unanswered_ticket_count",
          "csat_ratio",
          "nps",
          "sentiment_mean",
          "one_touch_ratio",
          "first_contact_resolution_ratio",
          "automated_resolution_ratio",
          "self_service_ratio",
          "abandonment_ratio",
          "macro_ticket_ratio",
          "converted_ticket_count",
          "conversion_ratio",
          "attributed_revenue_amount",
          "returning_customer_ratio",
          "retention_ratio");

  /** How much of the catalogue a report shows. */
  enum Extent {
    KEY_FIGURES,
    EVERY_KPI
  }

  private final NightdeskConfig config;
  private final PublishedTables tables;
  private final Kpis kpis;

  Reports(NightdeskConfig config, PublishedTables tables) {
    this.config = config;
    this.tables = tables;
    this.kpis = Kpis.of(config);
  }

  /** What a night did, with the figures of its day. */
  String nightSummary(NightRun.Outcome outcome) {
    List<NightSummary.Headline> headlines = new ArrayList<>();
    LocalDate date = outcome.night().logicalDate();
    Instant start = date.atStartOfDay(config.calendar().zone()).toInstant();
    Map<String, ReportPoint> points =
        points(values(Breakdown.ALL, Grain.DAY).filter(col("period_start_at").equalTo(start)))
            .getOrDefault(start, Map.of());
    for (String code : HEADLINES) {
      headlines.add(
          new NightSummary.Headline(
              reportKpi(kpis.catalog().kpi(code)), points.getOrDefault(code, ReportPoint.UNKNOWN)));
    }
    Map<String, Long> rows = new LinkedHashMap<>();
    outcome.tables().forEach(table -> rows.put(table.table(), table.rowCount()));
    return new NightSummary(
            date,
            words(outcome.night().asOf()),
            outcome.staged().fileCount(),
            outcome.staged().recordCount(),
            outcome.staged().rejectedCount(),
            outcome.staged().reasons(),
            List.copyOf(outcome.staged().unknownFields()),
            rows,
            headlines,
            news(date),
            outcome.seconds())
        .text();
  }

  /**
   * The KPIs in the period that holds a day, with the periods before, and what else a lead should
   * know.
   *
   * @param date null for the latest day
   */
  String overall(LocalDate date, Grain grain, Extent extent, Instant asOf) {
    LocalDate latest = date == null ? lastDay(asOf) : date;
    Instant start = start(latest, grain);
    TreeMap<Instant, Map<String, ReportPoint>> points =
        new TreeMap<>(
            points(values(Breakdown.ALL, grain).filter(col("period_start_at").leq(start))));
    List<Instant> periods = new ArrayList<>(points.keySet());
    if (!periods.contains(start)) {
      return new KpiReport(period(start, grain, asOf), words(asOf), List.of()).text();
    }
    List<KpiReport.Series> series = new ArrayList<>();
    for (Kpi kpi : kpis.catalog().kpis()) {
      boolean isShown = extent == Extent.EVERY_KPI || KEY_FIGURES.contains(kpi.name());
      if (isShown && kpi.isIn(Breakdown.ALL) && kpi.grains().contains(grain)) {
        series.add(
            new KpiReport.Series(
                reportKpi(kpi),
                periods.stream()
                    .skip(Math.max(0, periods.size() - KpiReport.HISTORY))
                    .map(each -> points.get(each).getOrDefault(kpi.name(), ReportPoint.UNKNOWN))
                    .toList()));
      }
    }
    String more =
        extent == Extent.EVERY_KPI
            ? ""
            : "\n%d of %d figures; all of them with --all.\n"
                .formatted(series.size(), kpis.catalog().kpis().size());
    return new KpiReport(period(start, grain, asOf), words(asOf), series).text()
        + findings(start, grain).text()
        + more;
  }

  /** What the tables of their own tell of a period. */
  private Findings findings(Instant start, Grain grain) {
    Column isPeriod =
        col("grain_code").equalTo(grain.code()).and(col("period_start_at").equalTo(start));
    LocalDate first = start.atZone(config.calendar().zone()).toLocalDate();
    Column isDay =
        col("local_date")
            .geq(Date.valueOf(first))
            .and(col("local_date").lt(Date.valueOf(next(first, grain))));
    return new Findings(
        serviceLevels(isPeriod), alerts(isDay), missedTargets(isPeriod), types(isPeriod));
  }

  /** What is new with a night: of its day, and of longer periods that ended with it. */
  private Findings news(LocalDate date) {
    Instant start = date.atStartOfDay(config.calendar().zone()).toInstant();
    Instant end = date.plusDays(1).atStartOfDay(config.calendar().zone()).toInstant();
    Column isDay =
        col("grain_code").equalTo(Grain.DAY.code()).and(col("period_start_at").equalTo(start));
    return new Findings(
        List.of(),
        alerts(col("local_date").equalTo(Date.valueOf(date))),
        missedTargets(col("period_end_at").equalTo(end)),
        types(isDay));
  }

  private List<Findings.ServiceLevel> serviceLevels(Column condition) {
    return ownRows("kpi_service_level", condition, "channel_code").stream()
        .map(
            row ->
                new Findings.ServiceLevel(
                    row.getAs("channel_code"),
                    row.getAs("grade_code"),
                    row.getAs("first_response_points"),
                    row.getAs("resolution_points"),
                    row.getAs("csat_points")))
        .toList();
  }

  private List<Findings.Alert> alerts(Column condition) {
    return ownRows("kpi_alert", condition, "local_date", "kpi_code", "breakdown_code", "member_key")
        .stream()
        .map(
            row ->
                new Findings.Alert(
                    reportKpi(kpis.catalog().kpi(row.getAs("kpi_code"))),
                    row.getAs("local_date").toString(),
                    member(row),
                    row.<Double>getAs("value"),
                    row.<Double>getAs("day_before_value"),
                    row.<Double>getAs("weekday_median_value")))
        .toList();
  }

  private List<Findings.MissedTarget> missedTargets(Column condition) {
    return ownRows(
            "kpi_target",
            condition.and(col("is_attained").equalTo(false)),
            "kpi_code",
            "grain_code",
            "breakdown_code",
            "member_key")
        .stream()
        .map(
            row ->
                new Findings.MissedTarget(
                    reportKpi(kpis.catalog().kpi(row.getAs("kpi_code"))),
                    member(row),
                    row.getAs("grain_code"),
                    row.<String>getAs("comparison_code").replace('_', ' '),
                    row.<Double>getAs("target_value"),
                    row.<Double>getAs("actual_value")))
        .toList();
  }

  private List<Findings.TicketType> types(Column condition) {
    return ownRows("kpi_ticket_type", condition, "created_rank", "type_code").stream()
        .map(
            row ->
                new Findings.TicketType(
                    row.getAs("type_code"),
                    row.<Long>getAs("created_ticket_count"),
                    row.getAs("change_count"),
                    row.getAs("growth_ratio"),
                    row.<Boolean>getAs("is_new")))
        .toList();
  }

  private List<Row> ownRows(String table, Column condition, String... order) {
    return tables
        .read(kpis.contracts().of(table))
        .filter(condition)
        .orderBy(Arrays.stream(order).map(name -> col(name)).toArray(Column[]::new))
        .collectAsList();
  }

  /** Whose figure a row holds, in words; empty for that of all. */
  private String member(Row row) {
    String breakdown = row.getAs("breakdown_code");
    String member = row.getAs("member_key");
    if (breakdown.equals(Breakdown.ALL.code())) {
      return "";
    }
    return breakdown
        + " "
        + (breakdown.equals(Breakdown.AGENT.code())
            ? agentNames().getOrDefault(member, member)
            : member);
  }

  /**
   * The main KPIs of every member in the period that holds a day.
   *
   * @param date null for the latest day
   */
  String byMember(LocalDate date, Grain grain, Breakdown breakdown, Instant asOf) {
    LocalDate latest = date == null ? lastDay(asOf) : date;
    Instant start = start(latest, grain);
    Map<String, Map<String, ReportPoint>> members = new TreeMap<>();
    for (Row row :
        values(breakdown, grain).filter(col("period_start_at").equalTo(start)).collectAsList()) {
      members
          .computeIfAbsent(row.getAs("member_key"), member -> new LinkedHashMap<>())
          .put(row.getAs("kpi_code"), point(row));
    }
    Map<String, String> names = breakdown.equals(Breakdown.AGENT) ? agentNames() : Map.of();
    List<String> codes = new ArrayList<>(HEADLINES);
    if (breakdown.equals(Breakdown.AGENT)) {
      codes.addAll(OF_AGENTS);
    }
    List<ReportKpi> columns =
        codes.stream().map(code -> reportKpi(kpis.catalog().kpi(code))).toList();
    List<MemberReport.Member> rows = new ArrayList<>();
    members.forEach(
        (member, values) ->
            rows.add(
                new MemberReport.Member(
                    names.getOrDefault(member, member),
                    codes.stream()
                        .map(code -> values.getOrDefault(code, ReportPoint.UNKNOWN))
                        .toList(),
                    ranks(values))));
    return new MemberReport(
            period(start, grain, asOf), words(asOf), breakdown.code(), columns, rows)
        .text();
  }

  private static Map<String, Long> ranks(Map<String, ReportPoint> values) {
    Map<String, Long> ranks = new LinkedHashMap<>();
    RANKS.forEach(
        (kpi, rank) -> {
          Double place = values.getOrDefault(rank, ReportPoint.UNKNOWN).value();
          if (place != null) {
            ranks.put(kpi, Math.round(place));
          }
        });
    return ranks;
  }

  private Dataset<Row> values(Breakdown breakdown, Grain grain) {
    Object[] money = kpis.catalog().kpis().stream().filter(Kpi::isMoney).map(Kpi::name).toArray();
    return tables
        .read(Contracts.of(KpiEngine.VALUE))
        .filter(
            col("breakdown_code")
                .equalTo(breakdown.code())
                .and(col("grain_code").equalTo(grain.code())))
        // A report shows one currency; the others are in the table.
        .filter(
            not(col("kpi_code").isin(money))
                .or(col("unit").equalTo(config.definitions().reportingCurrency())));
  }

  private static Map<Instant, Map<String, ReportPoint>> points(Dataset<Row> values) {
    Map<Instant, Map<String, ReportPoint>> points = new TreeMap<>();
    for (Row row : values.collectAsList()) {
      points
          .computeIfAbsent(
              row.<Timestamp>getAs("period_start_at").toInstant(), start -> new LinkedHashMap<>())
          .put(row.getAs("kpi_code"), point(row));
    }
    return points;
  }

  private static ReportPoint point(Row row) {
    Double denominator = row.getAs("denominator");
    return new ReportPoint(
        row.getAs("value"), denominator == null ? null : Math.round(denominator));
  }

  private Map<String, String> agentNames() {
    Map<String, String> names = new LinkedHashMap<>();
    for (Row row : tables.read(Contracts.of("dim_agent")).collectAsList()) {
      names.put(row.getAs("agent_key"), row.getAs("agent_name"));
    }
    return names;
  }

  private ReportKpi reportKpi(Kpi kpi) {
    return new ReportKpi(
        kpi.name(),
        kpi.section(),
        kpi.isMoney()
            ? "%s, %s".formatted(kpi.title(), config.definitions().reportingCurrency())
            : kpi.title(),
        kpi.unit(),
        ReportKpi.Good.valueOf(kpi.good().name()));
  }

  private ReportPeriod period(Instant start, Grain grain, Instant asOf) {
    LocalDate first = start.atZone(config.calendar().zone()).toLocalDate();
    Instant end = next(first, grain).atStartOfDay(config.calendar().zone()).toInstant();
    return new ReportPeriod(
        grain.code(), start.atZone(config.calendar().zone()).toLocalDateTime(), !end.isAfter(asOf));
  }

  private static LocalDate next(LocalDate first, Grain grain) {
    return switch (grain) {
      case HOUR, DAY -> first.plusDays(1);
      case WEEK -> first.plusWeeks(1);
      case MONTH -> first.plusMonths(1);
      case QUARTER -> first.plusMonths(3);
    };
  }

  private Instant start(LocalDate day, Grain grain) {
    LocalDate first =
        switch (grain) {
          case HOUR, DAY -> day;
          case WEEK -> config.calendar().weekStart(day);
          case MONTH -> config.calendar().monthStart(day);
          case QUARTER -> config.calendar().quarterStart(day);
        };
    return first.atStartOfDay(config.calendar().zone()).toInstant();
  }

  private LocalDate lastDay(Instant asOf) {
    return asOf.atZone(config.calendar().zone()).toLocalDate().minusDays(1);
  }

  private String words(Instant asOf) {
    return DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm", Locale.ROOT)
            .format(asOf.atZone(config.calendar().zone()))
        + " "
        + config.calendar().zone();
  }
}
