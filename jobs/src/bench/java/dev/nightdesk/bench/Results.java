package dev.nightdesk.bench;

import dev.nightdesk.report.TextTable;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;

/** All that was measured, compared and found, and how it is told. */
final class Results {

  private final List<Runs> runs = new ArrayList<>();
  private final List<Ratio> ratios = new ArrayList<>();
  private final List<String> findings = new ArrayList<>();
  private final List<String> failures = new ArrayList<>();

  /** Work that will be done several times. */
  Runs runs(String target, String work, String side) {
    Runs added = new Runs(target, work, side);
    runs.add(added);
    return added;
  }

  void ratio(Ratio ratio) {
    ratios.add(ratio);
  }

  /** What no number says. */
  void finding(String target, String text) {
    findings.add(target + "  " + text);
  }

  /** What makes the benchmark fail. */
  void failure(String target, String text) {
    failures.add(target + "  FAILED: " + text);
  }

  boolean hasFailed() {
    return !failures.isEmpty();
  }

  /** For people. */
  String text() {
    StringBuilder text = new StringBuilder();
    text.append(
        "Medians of the runs, in brackets the least and the most. MB are 1,000,000 bytes.\n");
    text.append(measured().aligned()).append('\n');
    if (!ratios.isEmpty()) {
      text.append("Ratios of the medians, in brackets those of the single rounds.\n");
      text.append(compared().aligned()).append('\n');
    }
    findings.forEach(line -> text.append(line).append('\n'));
    failures.forEach(line -> text.append(line).append('\n'));
    return text.toString();
  }

  /** Every run, for other programs. */
  String csv() {
    List<List<Object>> rows = new ArrayList<>();
    for (Runs work : done()) {
      int round = 0;
      for (Usage usage : work.usages()) {
        List<Object> row = new ArrayList<>();
        Collections.addAll(row, work.target(), work.work(), work.side(), ++round);
        for (Runs.Measure measure : Runs.Measure.values()) {
          double value = measure.of(usage);
          row.add(Double.isNaN(value) ? null : value);
        }
        rows.add(row);
      }
    }
    return TextTable.of(
            List.of(
                "target",
                "work",
                "side",
                "round",
                "wall_seconds",
                "cpu_seconds",
                "peak_mb",
                "read_mb",
                "written_mb"),
            rows)
        .csv();
  }

  private List<Runs> done() {
    return runs.stream().filter(work -> !work.usages().isEmpty()).toList();
  }

  private TextTable measured() {
    List<List<String>> rows = new ArrayList<>();
    for (Runs work : done()) {
      List<String> row = new ArrayList<>();
      Collections.addAll(
          row, work.target(), work.work(), work.side(), Integer.toString(work.usages().size()));
      for (Runs.Measure measure : Runs.Measure.values()) {
        List<Double> values = work.values(measure);
        row.add(values.isEmpty() ? null : Results.spread(Runs.median(values), values));
      }
      rows.add(row);
    }
    return TextTable.of(
        List.of("", "work", "by", "runs", "wall s", "CPU s", "peak MB", "read MB", "written MB"),
        rows);
  }

  private TextTable compared() {
    List<List<String>> rows = new ArrayList<>();
    for (Ratio ratio : ratios) {
      double wall = ratio.of(Runs.Measure.WALL);
      if (Double.isNaN(wall)) {
        continue;
      }
      List<String> row = new ArrayList<>();
      Collections.addAll(row, ratio.target(), ratio.name(), Results.spread(wall, ratio.ofRounds()));
      for (Runs.Measure measure : Runs.Measure.values()) {
        if (measure != Runs.Measure.WALL) {
          double value = ratio.of(measure);
          row.add(Double.isNaN(value) ? null : number(value));
        }
      }
      Goal goal = ratio.goal();
      row.add(goal == null ? null : goal.toString());
      row.add(goal == null ? null : goal.isReachedBy(wall) ? "reached" : "missed");
      rows.add(row);
    }
    return TextTable.of(
        List.of("", "ratio", "wall", "CPU", "peak", "read", "written", "goal of wall", ""), rows);
  }

  private static String spread(double middle, List<Double> values) {
    return values.size() < 2
        ? number(middle)
        : "%s (%s–%s)"
            .formatted(
                number(middle), number(Collections.min(values)), number(Collections.max(values)));
  }

  /** Three digits that count. */
  static String number(double value) {
    String format = value < 10 ? "%.2f" : value < 100 ? "%.1f" : "%,.0f";
    return String.format(Locale.ROOT, format, value);
  }
}
