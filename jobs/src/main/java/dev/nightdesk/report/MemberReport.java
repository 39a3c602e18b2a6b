package dev.nightdesk.report;

import dev.nightdesk.report.Grid.Side;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/**
 * The members of a breakdown side by side in one period, the one with the greatest volume first;
 * {@code #1} beside a value is the first place by it.
 *
 * @param period the period
 * @param asOf the moment that the figures are as of, in words
 * @param breakdown what the members are, for example agent
 * @param kpis the columns; the first is the volume by which members are sorted
 * @param members the rows
 */
public record MemberReport(
    ReportPeriod period,
    String asOf,
    String breakdown,
    List<ReportKpi> kpis,
    List<Member> members) {

  private static final int TITLE_WIDTH = 14;

  /**
   * A member.
   *
   * @param name what people call it
   * @param points a value per KPI of the report
   * @param ranks the place among the members by KPI; none for those who are not ranked
   */
  public record Member(String name, List<ReportPoint> points, Map<String, Long> ranks) {

    public Member {
      points = List.copyOf(points);
      ranks = Map.copyOf(ranks);
    }

    /** A member of a breakdown without ranks. */
    public Member(String name, List<ReportPoint> points) {
      this(name, points, Map.of());
    }

    private String rank(ReportKpi kpi) {
      return ranks.containsKey(kpi.code()) ? " #" + ranks.get(kpi.code()) : "";
    }

    private double volume() {
      Double value = points.get(0).value();
      return value == null ? Double.NEGATIVE_INFINITY : value;
    }
  }

  /**
   * A report over members.
   *
   * @throws IllegalArgumentException if there is no KPI, or a member has not a point for each
   */
  public MemberReport {
    kpis = List.copyOf(kpis);
    members = List.copyOf(members);
    if (kpis.isEmpty()) {
      throw new IllegalArgumentException("A report by %s needs a KPI.".formatted(breakdown));
    }
    for (Member member : members) {
      if (member.points().size() != kpis.size()) {
        throw new IllegalArgumentException(
            "The %s %s has %d points for %d KPIs."
                .formatted(breakdown, member.name(), member.points().size(), kpis.size()));
      }
    }
  }

  /** The report, a line per member. */
  public String text() {
    StringBuilder text = new StringBuilder();
    text.append("%s by %s, as of %s\n".formatted(period.words(), breakdown, asOf));
    if (members.isEmpty()) {
      return text.append(
              "Nothing is known of any %s in this %s.\n".formatted(breakdown, period.grain()))
          .toString();
    }
    if (!period.isComplete()) {
      text.append("This %s is not over: its figures will grow.\n".formatted(period.grain()));
    }
    List<Side> sides = new ArrayList<>(Collections.nCopies(kpis.size() + 1, Side.RIGHT));
    sides.set(0, Side.LEFT);
    List<String> titles = new ArrayList<>(List.of(breakdown));
    kpis.forEach(kpi -> titles.add(kpi.title()));
    Grid grid = new Grid(sides).addTitles(titles, TITLE_WIDTH).addRule();
    members.stream()
        .sorted(Comparator.comparingDouble(Member::volume).reversed().thenComparing(Member::name))
        .forEach(member -> grid.add(cells(member)));
    return text.append('\n').append(grid.text()).toString();
  }

  private List<String> cells(Member member) {
    List<String> cells = new ArrayList<>(List.of(member.name()));
    for (int i = 0; i < kpis.size(); i++) {
      ReportKpi kpi = kpis.get(i);
      cells.add(kpi.value(member.points().get(i)) + member.rank(kpi));
    }
    return cells;
  }
}
