package dev.nightdesk.run;

import static org.apache.spark.sql.functions.col;

import dev.nightdesk.contract.Contracts;
import dev.nightdesk.io.DeltaTables;
import dev.nightdesk.kpi.Breakdown;
import dev.nightdesk.kpi.Grain;
import dev.nightdesk.kpi.Kpi;
import dev.nightdesk.kpi.KpiEngine;
import dev.nightdesk.report.KpiReport;
import dev.nightdesk.report.MemberReport;
import dev.nightdesk.report.NightSummary;
import dev.nightdesk.report.ReportKpi;
import dev.nightdesk.report.ReportPeriod;
import dev.nightdesk.report.ReportPoint;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
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

  private final NightdeskConfig config;
  private final DeltaTables tables;
  private final Kpis kpis;

  Reports(NightdeskConfig config, DeltaTables tables) {
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
            outcome.seconds())
        .text();
  }

  /**
   * Every KPI in the period that holds a day, with the periods before.
   *
   * @param date null for the latest day
   */
  String overall(LocalDate date, Grain grain, Instant asOf) {
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
      if (kpi.isIn(Breakdown.ALL) && kpi.grains().contains(grain)) {
        series.add(
            new KpiReport.Series(
                reportKpi(kpi),
                periods.stream()
                    .skip(Math.max(0, periods.size() - KpiReport.HISTORY))
                    .map(each -> points.get(each).getOrDefault(kpi.name(), ReportPoint.UNKNOWN))
                    .toList()));
      }
    }
    return new KpiReport(period(start, grain, asOf), words(asOf), series).text();
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
    List<ReportKpi> columns =
        HEADLINES.stream().map(code -> reportKpi(kpis.catalog().kpi(code))).toList();
    List<MemberReport.Member> rows = new ArrayList<>();
    members.forEach(
        (member, values) ->
            rows.add(
                new MemberReport.Member(
                    names.getOrDefault(member, member),
                    HEADLINES.stream()
                        .map(code -> values.getOrDefault(code, ReportPoint.UNKNOWN))
                        .toList())));
    return new MemberReport(
            period(start, grain, asOf), words(asOf), breakdown.code(), columns, rows)
        .text();
  }

  private Dataset<Row> values(Breakdown breakdown, Grain grain) {
    return tables
        .read(Contracts.of(KpiEngine.VALUE))
        .filter(
            col("breakdown_code")
                .equalTo(breakdown.code())
                .and(col("grain_code").equalTo(grain.code())));
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

  private static ReportKpi reportKpi(Kpi kpi) {
    return new ReportKpi(
        kpi.name(),
        kpi.section(),
        kpi.title(),
        kpi.unit(),
        ReportKpi.Good.valueOf(kpi.good().name()));
  }

  private ReportPeriod period(Instant start, Grain grain, Instant asOf) {
    LocalDate first = start.atZone(config.calendar().zone()).toLocalDate();
    LocalDate next =
        switch (grain) {
          case HOUR, DAY -> first.plusDays(1);
          case WEEK -> first.plusWeeks(1);
          case MONTH -> first.plusMonths(1);
          case QUARTER -> first.plusMonths(3);
        };
    Instant end = next.atStartOfDay(config.calendar().zone()).toInstant();
    return new ReportPeriod(
        grain.code(), start.atZone(config.calendar().zone()).toLocalDateTime(), !end.isAfter(asOf));
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
