package dev.nightdesk.report;

import dev.nightdesk.report.Grid.Side;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * What a night did, on one screen.
 *
 * @param logicalDate the night
 * @param asOf the moment that the figures are as of, in words
 * @param fileCount files read
 * @param recordCount records in them
 * @param rejectedCount records refused
 * @param reasons reasons of refusal with their counts; a record can have several
 * @param unknownFields fields of the dumps that no contract knows
 * @param tables tables written, in order, with their rows
 * @param headlines KPIs of the logical date
 * @param findings alerts and new types of the logical date, goals missed in periods that ended with
 *     it
 * @param seconds wall time
 */
public record NightSummary(
    LocalDate logicalDate,
    String asOf,
    long fileCount,
    long recordCount,
    long rejectedCount,
    Map<String, Long> reasons,
    List<String> unknownFields,
    Map<String, Long> tables,
    List<Headline> headlines,
    Findings findings,
    double seconds) {

  /** More would push the figures off the screen. */
  private static final int SHOWN = 5;

  private static final int TABLES_A_LINE = 3;

  /**
   * A KPI of the day.
   *
   * @param kpi the KPI
   * @param point its value
   */
  public record Headline(ReportKpi kpi, ReportPoint point) {}

  public NightSummary {
    reasons = Collections.unmodifiableMap(new LinkedHashMap<>(reasons));
    unknownFields = List.copyOf(unknownFields);
    tables = Collections.unmodifiableMap(new LinkedHashMap<>(tables));
    headlines = List.copyOf(headlines);
  }

  /** The summary, in lines. */
  public String text() {
    StringBuilder text = new StringBuilder();
    text.append("%s, as of %s\n\n".formatted(ReportPeriod.words(logicalDate), asOf));
    text.append(read());
    text.append(rejected());
    if (!unknownFields.isEmpty()) {
      text.append("Unknown   ")
          .append(TextTable.counted(unknownFields.size(), "field"))
          .append(" that no contract knows: ")
          .append(shown(unknownFields))
          .append('\n');
    }
    text.append(tables.isEmpty() ? "\nNo table was changed.\n" : "\n" + tableGrid());
    text.append(
        headlines.isEmpty() ? "\nNo figure is known of this day.\n" : "\n" + headlineGrid());
    String news = findings.lines();
    text.append(news.isEmpty() ? "" : "\n" + news);
    text.append("\nDone in %s.\n".formatted(Figures.openDuration(seconds)));
    return text.toString();
  }

  private String read() {
    if (fileCount == 0) {
      return "Read      nothing new\n";
    }
    return "Read      %s, %s\n"
        .formatted(TextTable.counted(fileCount, "file"), TextTable.counted(recordCount, "record"));
  }

  private String rejected() {
    if (fileCount == 0) {
      return "";
    }
    if (rejectedCount == 0) {
      return "Rejected  nothing\n";
    }
    StringBuilder text = new StringBuilder();
    text.append(
        "Rejected  %s of %s (%s %%), see rejected_row\n"
            .formatted(
                Figures.grouped(rejectedCount),
                Figures.grouped(recordCount),
                Figures.hundredths((double) rejectedCount / recordCount)));
    Grid grid = new Grid(Side.LEFT, Side.RIGHT, Side.LEFT);
    ranked(reasons)
        .limit(SHOWN)
        .forEach(
            reason -> grid.add("       ", Figures.grouped(reason.getValue()), reason.getKey()));
    text.append(grid.text());
    if (reasons.size() > SHOWN) {
      text.append(
          "          and %s\n"
              .formatted(TextTable.counted(reasons.size() - SHOWN, "other reason")));
    }
    return text.toString();
  }

  private static Stream<Map.Entry<String, Long>> ranked(Map<String, Long> counts) {
    return counts.entrySet().stream()
        .sorted(
            Map.Entry.<String, Long>comparingByValue(Comparator.reverseOrder())
                .thenComparing(Map.Entry.comparingByKey()));
  }

  private static String shown(List<String> names) {
    String first = String.join(", ", names.subList(0, Math.min(SHOWN, names.size())));
    return names.size() > SHOWN ? first + ", …" : first;
  }

  private String tableGrid() {
    List<Side> sides = new ArrayList<>();
    for (int i = 0; i < TABLES_A_LINE; i++) {
      sides.add(Side.LEFT);
      sides.add(Side.RIGHT);
    }
    Grid grid = new Grid(sides);
    List<String> line = new ArrayList<>();
    line.add("Table");
    line.add("rows");
    line.addAll(Collections.nCopies(sides.size() - line.size(), ""));
    grid.add(line);
    line.clear();
    tables.forEach(
        (table, rows) -> {
          line.add(table);
          line.add(Figures.grouped(rows));
          if (line.size() == sides.size()) {
            grid.add(line);
            line.clear();
          }
        });
    if (!line.isEmpty()) {
      line.addAll(Collections.nCopies(sides.size() - line.size(), ""));
      grid.add(line);
    }
    return grid.text();
  }

  private String headlineGrid() {
    Grid grid = new Grid(Side.LEFT, Side.RIGHT);
    grid.add("Figure of the day", "value");
    headlines.forEach(
        headline -> grid.add(headline.kpi().title(), headline.kpi().value(headline.point())));
    return grid.text();
  }
}
