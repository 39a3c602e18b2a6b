package dev.nightdesk.report;

import dev.nightdesk.report.Grid.Side;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * What a lead should know of a period besides its figures: how good the channels were, what was
 * suddenly worse, which goals were missed, what customers newly come with.
 *
 * @param serviceLevels a row per channel
 * @param alerts alarming figures of days of the period
 * @param missedTargets goals that the period did not attain
 * @param types ticket types of the period
 */
public record Findings(
    List<ServiceLevel> serviceLevels,
    List<Alert> alerts,
    List<MissedTarget> missedTargets,
    List<TicketType> types) {

  /** Nothing to tell. */
  public static final Findings NONE = new Findings(List.of(), List.of(), List.of(), List.of());

  /** More would not be read. */
  private static final int GROWING_TYPES = 5;

  private static final int LINES = 6;

  /**
   * The service of a channel.
   *
   * @param channel the channel
   * @param gradeCode the grade, for example above_average, or no_data
   * @param firstResponsePoints 1 to 5; null: too few observations
   * @param resolutionPoints 1 to 5; null: too few observations
   * @param csatPoints 1 to 5; null: too few observations
   */
  public record ServiceLevel(
      String channel,
      String gradeCode,
      Integer firstResponsePoints,
      Integer resolutionPoints,
      Integer csatPoints) {

    private boolean isGraded() {
      return Stream.of(firstResponsePoints, resolutionPoints, csatPoints).anyMatch(Objects::nonNull)
          || !gradeCode.equals("no_data");
    }
  }

  /**
   * A figure that was suddenly worse.
   *
   * @param kpi the figure
   * @param day the day, in words
   * @param member whose, for example {@code channel chat}; empty: of all
   * @param value of the day
   * @param dayBefore of the day before
   * @param usual the median of the same weekday of the weeks before
   */
  public record Alert(
      ReportKpi kpi, String day, String member, double value, double dayBefore, double usual) {}

  /**
   * A goal that was not attained.
   *
   * @param kpi the figure
   * @param member whose, for example {@code channel chat}; empty: of all
   * @param grain of the period: day, week, month or quarter
   * @param comparison {@code at most} or {@code at least}
   * @param target the goal
   * @param actual what came of it
   */
  public record MissedTarget(
      ReportKpi kpi,
      String member,
      String grain,
      String comparison,
      double target,
      double actual) {}

  /**
   * A ticket type.
   *
   * @param type its code
   * @param created tickets created
   * @param change against the period before; null: not compared
   * @param growth the same as a share; null: not compared
   * @param isNew whether it appeared in this period
   */
  public record TicketType(String type, long created, Long change, Double growth, boolean isNew) {

    private boolean isGrowing() {
      return !isNew && change != null && change > 0;
    }
  }

  public Findings {
    serviceLevels = List.copyOf(serviceLevels);
    alerts = List.copyOf(alerts);
    missedTargets = List.copyOf(missedTargets);
    types = List.copyOf(types);
  }

  /** A paragraph for each kind of which there is something, each after an empty line. */
  public String text() {
    return serviceLevelText() + alertText() + targetText() + typeText();
  }

  /** The news in at most six lines: alerts, missed goals, new types. */
  String lines() {
    List<String> lines = new ArrayList<>();
    for (Alert alert : alerts) {
      lines.add(
          "Alert     %s: %s, the day before %s, usually %s"
              .formatted(
                  of(alert.kpi(), alert.member()),
                  alert.kpi().value(alert.value()),
                  alert.kpi().value(alert.dayBefore()),
                  alert.kpi().value(alert.usual())));
    }
    for (MissedTarget missed : missedTargets) {
      lines.add(
          "Missed    %s of the %s: %s, should be %s %s"
              .formatted(
                  of(missed.kpi(), missed.member()),
                  missed.grain(),
                  missed.kpi().value(missed.actual()),
                  missed.comparison(),
                  missed.kpi().value(missed.target())));
    }
    types.stream()
        .filter(TicketType::isNew)
        .forEach(
            type ->
                lines.add(
                    "New type  %s: %s"
                        .formatted(type.type(), TextTable.counted(type.created(), "ticket"))));
    if (lines.size() > LINES) {
      int more = lines.size() - LINES + 1;
      lines.subList(LINES - 1, lines.size()).clear();
      lines.add(
          "          and %d more: see kpi_alert, kpi_target, kpi_ticket_type".formatted(more));
    }
    Grid grid = new Grid(Side.LEFT);
    lines.forEach(grid::add);
    return grid.text();
  }

  private String serviceLevelText() {
    List<ServiceLevel> graded = serviceLevels.stream().filter(ServiceLevel::isGraded).toList();
    if (graded.isEmpty()) {
      return "";
    }
    Grid grid = new Grid(Side.LEFT, Side.LEFT, Side.RIGHT, Side.RIGHT, Side.RIGHT);
    grid.add("Service levels", "grade", "first response", "resolution", "CSAT");
    for (ServiceLevel level : graded) {
      grid.add(
          level.channel(),
          level.gradeCode().replace('_', ' '),
          points(level.firstResponsePoints()),
          points(level.resolutionPoints()),
          points(level.csatPoints()));
    }
    return "\n" + grid.text() + "Points from 1 to 5; a 1 makes the grade below average at best.\n";
  }

  private static String points(Integer points) {
    return points == null ? "–" : points.toString();
  }

  private String alertText() {
    if (alerts.isEmpty()) {
      return "";
    }
    Grid grid = new Grid(Side.LEFT, Side.LEFT, Side.RIGHT, Side.RIGHT, Side.RIGHT);
    grid.add("Suddenly worse", "on", "value", "day before", "usually");
    for (Alert alert : alerts) {
      grid.add(
          of(alert.kpi(), alert.member()),
          alert.day(),
          alert.kpi().value(alert.value()),
          alert.kpi().value(alert.dayBefore()),
          alert.kpi().value(alert.usual()));
    }
    return "\n" + grid.text();
  }

  private String targetText() {
    if (missedTargets.isEmpty()) {
      return "";
    }
    Grid grid = new Grid(Side.LEFT, Side.RIGHT, Side.LEFT);
    grid.add("Targets missed", "value", "target");
    for (MissedTarget missed : missedTargets) {
      grid.add(
          of(missed.kpi(), missed.member()),
          missed.kpi().value(missed.actual()),
          missed.comparison() + " " + missed.kpi().value(missed.target()));
    }
    return "\n" + grid.text();
  }

  /** New ones first, then those that grow the most. */
  private String typeText() {
    List<TicketType> shown =
        Stream.concat(
                types.stream().filter(TicketType::isNew),
                types.stream()
                    .filter(TicketType::isGrowing)
                    .sorted(
                        Comparator.comparing(TicketType::change)
                            .reversed()
                            .thenComparing(TicketType::type))
                    .limit(GROWING_TYPES))
            .toList();
    if (shown.isEmpty()) {
      return "";
    }
    Grid grid = new Grid(Side.LEFT, Side.RIGHT, Side.LEFT);
    grid.add("New and growing types", "created", "change");
    for (TicketType type : shown) {
      grid.add(type.type(), Figures.grouped(type.created()), change(type));
    }
    return "\n" + grid.text();
  }

  private static String change(TicketType type) {
    if (type.isNew()) {
      return "new";
    }
    String growth =
        type.growth() == null
            ? ""
            : String.format(Locale.ROOT, " (+%d %%)", Math.round(100 * type.growth()));
    return "+" + Figures.grouped(type.change()) + growth;
  }

  private static String of(ReportKpi kpi, String member) {
    return member.isEmpty() ? kpi.title() : kpi.title() + ", " + member;
  }
}
