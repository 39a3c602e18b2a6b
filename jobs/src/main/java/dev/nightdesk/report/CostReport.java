package dev.nightdesk.report;

import dev.nightdesk.report.Grid.Side;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * Where the time of a night went.
 *
 * @param runId the run
 * @param logicalDate the night
 * @param code version and commit of the program
 * @param phases in any order
 */
public record CostReport(String runId, LocalDate logicalDate, String code, List<Phase> phases) {

  /** How much of a night is shown. */
  public enum Extent {
    /** Phases of a hundredth of the night, and all others of a step together. */
    LARGE_PHASES,
    /** Every phase. */
    EVERY_PHASE
  }

  private static final List<String> STEPS = List.of("stage", "facts", "kpis", "audit", "publish");
  private static final int LARGEST = 3;
  private static final double LARGE = 0.01;
  private static final int TITLE_WIDTH = 8;

  private static final List<String> TITLES =
      List.of(
          "Phase",
          "time",
          "wall",
          "planning",
          "CPU",
          "rows read",
          "bytes read",
          "rows written",
          "bytes written",
          "bytes shuffled",
          "bytes spilled");

  /**
   * A phase of a step.
   *
   * @param step its step
   * @param name of the phase
   * @param wallSeconds from its begin to its end
   * @param measured null: by a program that only took the time
   */
  public record Phase(String step, String name, double wallSeconds, Measured measured) {

    private double weight() {
      return measured == null ? wallSeconds : measured.seconds();
    }
  }

  /**
   * What was measured of a phase.
   *
   * @param seconds its share of the wall time
   * @param planningSeconds of that, when no task ran
   * @param cpuSeconds processor time of its tasks
   * @param readRows rows read
   * @param readBytes bytes read
   * @param writtenRows rows written
   * @param writtenBytes bytes written
   * @param shuffledBytes bytes handed on to other tasks
   * @param spilledBytes bytes put to disk for want of memory
   */
  public record Measured(
      double seconds,
      double planningSeconds,
      double cpuSeconds,
      long readRows,
      long readBytes,
      long writtenRows,
      long writtenBytes,
      long shuffledBytes,
      long spilledBytes) {

    private static final Measured NOTHING = new Measured(0, 0, 0, 0, 0, 0, 0, 0, 0);

    private Measured plus(Measured other) {
      return new Measured(
          seconds + other.seconds,
          planningSeconds + other.planningSeconds,
          cpuSeconds + other.cpuSeconds,
          readRows + other.readRows,
          readBytes + other.readBytes,
          writtenRows + other.writtenRows,
          writtenBytes + other.writtenBytes,
          shuffledBytes + other.shuffledBytes,
          spilledBytes + other.spilledBytes);
    }
  }

  public CostReport {
    phases =
        phases.stream()
            .sorted(
                Comparator.comparingDouble(Phase::weight)
                    .reversed()
                    .thenComparing(Phase::step)
                    .thenComparing(Phase::name))
            .toList();
  }

  /** The report, in lines of at most 120 columns. */
  public String text(Extent extent) {
    StringBuilder text = new StringBuilder();
    text.append(
        "Run %s, %s, nightdesk %s\n\n".formatted(runId, ReportPeriod.words(logicalDate), code));
    List<Side> sides = new ArrayList<>(Collections.nCopies(TITLES.size(), Side.RIGHT));
    sides.set(0, Side.LEFT);
    Grid grid = new Grid(sides).addTitles(TITLES, TITLE_WIDTH).addRule();
    Map<String, List<Phase>> steps = new LinkedHashMap<>();
    STEPS.forEach(step -> steps.put(step, new ArrayList<>()));
    phases.forEach(phase -> steps.computeIfAbsent(phase.step(), s -> new ArrayList<>()).add(phase));
    steps.forEach(
        (step, ofStep) -> {
          if (!ofStep.isEmpty()) {
            addStep(grid, step, ofStep, extent);
          }
        });
    grid.addRule().add(line("the night", sum(phases.stream()), null));
    text.append(grid.text()).append('\n');
    return text.append(isMeasured() ? largest() + LEGEND : NOT_MEASURED).toString();
  }

  private static final String LEGEND =
      """

      Steps in their order, the phases of each by their time. time: of a moment in which several phases ran each has its
      part, so that times add up. wall: from begin to end. planning: the part of time in which no Spark task ran: plans are
      made, files listed, tables committed. All else is of Spark's tasks, over all cores.
      """;

  private static final String NOT_MEASURED =
      "Only the wall time is known: this run was made by a program that measured nothing else.\n";

  private boolean isMeasured() {
    return phases.stream().anyMatch(phase -> phase.measured() != null);
  }

  private void addStep(Grid grid, String step, List<Phase> ofStep, Extent extent) {
    Measured sum = sum(ofStep.stream());
    String share = sum == null ? "" : ", %s %% of the night".formatted(percent(sum.seconds()));
    grid.add(line(step + share, sum, null));
    List<Phase> small =
        extent == Extent.EVERY_PHASE
            ? List.of()
            : ofStep.stream().filter(phase -> phase.weight() < LARGE * weight()).toList();
    // One alone takes no more room by its name.
    boolean isFolded = small.size() > 1;
    ofStep.stream()
        .filter(phase -> !isFolded || !small.contains(phase))
        .forEach(
            phase -> grid.add(line("  " + phase.name(), phase.measured(), phase.wallSeconds())));
    if (isFolded) {
      grid.add(line("  %d smaller phases".formatted(small.size()), sum(small.stream()), null));
    }
  }

  private double weight() {
    return phases.stream().mapToDouble(Phase::weight).sum();
  }

  private String percent(double seconds) {
    return "%d".formatted(Math.round(100 * seconds / Math.max(weight(), 1e-9)));
  }

  private String largest() {
    StringBuilder text = new StringBuilder("The three largest costs\n");
    Grid grid = new Grid(Side.LEFT, Side.RIGHT, Side.RIGHT, Side.LEFT);
    phases.stream()
        .filter(phase -> phase.measured() != null)
        .limit(LARGEST)
        .forEach(
            phase ->
                grid.add(
                    "  %s: %s".formatted(phase.step(), phase.name()),
                    Figures.seconds(phase.measured().seconds()),
                    percent(phase.measured().seconds()) + " %",
                    "%s of it planning, %s of processor time in tasks"
                        .formatted(
                            Figures.seconds(phase.measured().planningSeconds()),
                            Figures.seconds(phase.measured().cpuSeconds()))));
    return text.append(grid.text()).toString();
  }

  /** Null: nothing of it was measured. */
  private static Measured sum(Stream<Phase> phases) {
    List<Measured> measured = phases.map(Phase::measured).filter(Objects::nonNull).toList();
    return measured.isEmpty() ? null : measured.stream().reduce(Measured.NOTHING, Measured::plus);
  }

  private static List<String> line(String name, Measured measured, Double wallSeconds) {
    List<String> cells = new ArrayList<>();
    cells.add(name);
    cells.add(measured == null ? "–" : Figures.seconds(measured.seconds()));
    cells.add(wallSeconds == null ? "" : Figures.seconds(wallSeconds));
    if (measured == null) {
      cells.addAll(Collections.nCopies(TITLES.size() - cells.size(), "–"));
      return cells;
    }
    cells.add(Figures.seconds(measured.planningSeconds()));
    cells.add(Figures.seconds(measured.cpuSeconds()));
    cells.add(Figures.shortened(measured.readRows()));
    cells.add(Figures.bytes(measured.readBytes()));
    cells.add(Figures.shortened(measured.writtenRows()));
    cells.add(Figures.bytes(measured.writtenBytes()));
    cells.add(Figures.bytes(measured.shuffledBytes()));
    cells.add(Figures.bytes(measured.spilledBytes()));
    return cells;
  }
}
