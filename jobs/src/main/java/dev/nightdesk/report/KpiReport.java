package dev.nightdesk.report;

import dev.nightdesk.report.Grid.Side;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * The KPIs of one period in the terminal: value, the period before, change, and where it comes
 * from.
 *
 * @param period the period
 * @param asOf the moment that the figures are as of, in words
 * @param series the KPIs in the order in which they are shown, those of a section together
 */
public record KpiReport(ReportPeriod period, String asOf, List<Series> series) {

  /** How many periods a sparkline shows. */
  public static final int HISTORY = 14;

  /**
   * A KPI over time.
   *
   * @param kpi the KPI
   * @param points oldest first; the last is the period of the report, the one before it the period
   *     before. Of more than {@link #HISTORY} the latest are shown
   */
  public record Series(ReportKpi kpi, List<ReportPoint> points) {

    public Series {
      points = List.copyOf(points);
    }

    private ReportPoint latest() {
      return points.isEmpty() ? ReportPoint.UNKNOWN : points.get(points.size() - 1);
    }

    private ReportPoint before() {
      return points.size() < 2 ? ReportPoint.UNKNOWN : points.get(points.size() - 2);
    }

    private boolean isKnown() {
      return points.stream().map(ReportPoint::value).anyMatch(Objects::nonNull);
    }

    /** As wide as the others', the latest period at the right. */
    private String sparkline() {
      List<ReportPoint> latest =
          points.subList(Math.max(0, points.size() - HISTORY), points.size());
      List<Double> values = new ArrayList<>(Collections.nCopies(HISTORY - latest.size(), null));
      latest.forEach(point -> values.add(point.value()));
      return Sparkline.of(values);
    }
  }

  public KpiReport {
    series = List.copyOf(series);
  }

  /** The report, a line per KPI, a paragraph per section. */
  public String text() {
    StringBuilder text = new StringBuilder();
    text.append("%s, as of %s\n".formatted(period.words(), asOf));
    if (series.isEmpty()) {
      return text.append("Nothing is known of this %s.\n".formatted(period.grain())).toString();
    }
    if (!period.isComplete()) {
      text.append(
          "This %s is not over: its figures will grow, so they are not compared.\n"
              .formatted(period.grain()));
    }
    Map<String, List<Series>> sections = new LinkedHashMap<>();
    for (Series each : series.stream().filter(Series::isKnown).toList()) {
      sections.computeIfAbsent(each.kpi().section(), section -> new ArrayList<>()).add(each);
    }
    Grid grid = new Grid(Side.LEFT, Side.RIGHT, Side.RIGHT, Side.RIGHT, Side.LEFT, Side.LEFT);
    sections.forEach((section, of) -> addSection(grid, section, of));
    text.append(grid.text());
    List<String> unknown =
        series.stream().filter(each -> !each.isKnown()).map(each -> each.kpi().title()).toList();
    if (!unknown.isEmpty()) {
      text.append("\nNot known in any of these periods: ")
          .append(String.join(", ", unknown))
          .append(".\n");
    }
    return text.toString();
  }

  private void addSection(Grid grid, String section, List<Series> of) {
    grid.add("", "", "", "", "", "");
    grid.add(
        section,
        "value",
        "n",
        "before",
        "change",
        "last %d %ss".formatted(HISTORY, period.grain()));
    for (Series each : of) {
      ReportPoint now = each.latest();
      ReportPoint before = each.before();
      grid.add(
          each.kpi().title(),
          each.kpi().value(now.value()),
          now.count() == null ? "" : Figures.grouped(now.count()),
          each.kpi().value(before.value()),
          period.isComplete() ? each.kpi().change(before.value(), now.value()) : "",
          each.sparkline());
    }
  }
}
