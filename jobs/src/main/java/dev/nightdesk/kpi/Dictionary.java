package dev.nightdesk.kpi;

import dev.nightdesk.contract.Catalogue;
import dev.nightdesk.contract.Contracts;
import dev.nightdesk.contract.TableContract;
import java.util.List;
import java.util.stream.Stream;

/** The index of tables and KPIs in {@code schemas/README.md}, made of contracts and pairs. */
public final class Dictionary {

  /** The line above the generated part. */
  public static final String BEGIN = "<!-- generated: begin -->";

  /** The line below it. */
  public static final String END = "<!-- generated: end -->";

  private final KpiCatalog catalog;

  public Dictionary(KpiCatalog catalog) {
    this.catalog = catalog;
  }

  /**
   * A text with the generated part renewed.
   *
   * @throws IllegalArgumentException if the text lacks {@link #BEGIN} or {@link #END}
   */
  public String renewedIn(String text) {
    int begin = text.indexOf(BEGIN);
    int end = text.indexOf(END);
    if (begin < 0 || end < begin) {
      throw new IllegalArgumentException(
          "The text lacks the lines %s and %s, in this order. Add them where the index shall be."
              .formatted(BEGIN, END));
    }
    return text.substring(0, begin + BEGIN.length())
        + "\n\n"
        + markdown()
        + "\n"
        + text.substring(end);
  }

  /** The generated part. */
  public String markdown() {
    StringBuilder text =
        new StringBuilder(
            "## Tables\n\n| table | layer | a row is | key |\n| --- | --- | --- | --- |\n");
    tables()
        .forEach(
            contract ->
                text.append(
                    "| `%s` | %s | %s | %s |\n"
                        .formatted(
                            contract.table(),
                            contract.layer().folder(),
                            cell(contract.grain()),
                            String.join(", ", contract.key()))));
    for (String section : catalog.kpis().stream().map(Kpi::section).distinct().toList()) {
      text.append("\n## KPIs: %s\n".formatted(section));
      catalog.topics().stream()
          .filter(topic -> topic.section().equals(section) && !topic.kpis().isEmpty())
          .forEach(topic -> text.append(markdown(topic)));
    }
    if (!catalog.tables().isEmpty()) {
      text.append(
          "\n"
              + "## KPIs: tables of their own\n\n"
              + "| table | what it shows | files |\n"
              + "| --- | --- | --- |\n");
      catalog
          .tables()
          .forEach(
              topic ->
                  text.append(
                      "| `%s` | %s | [SQL](kpi/%s.sql), [definition](kpi/%s.yaml) |\n"
                          .formatted(
                              topic.code(),
                              cell(topic.description()),
                              topic.code(),
                              topic.code())));
    }
    return text.toString();
  }

  private static String markdown(Topic topic) {
    StringBuilder text =
        new StringBuilder(
            "\n### %s\n\n%s [SQL](kpi/%s.sql), [definition](kpi/%s.yaml). Counted on: %s. Agent: %s.\n\n"
                .formatted(
                    topic.title(),
                    topic.description(),
                    topic.code(),
                    topic.code(),
                    topic.kpis().get(0).attribution(),
                    topic.kpis().get(0).agent()));
    text.append("| KPI | question | formula | unit | good |\n| --- | --- | --- | --- | --- |\n");
    for (Kpi kpi : topic.kpis()) {
      String question =
          kpi.caveats().isEmpty() ? kpi.question() : kpi.question() + " " + kpi.caveats();
      text.append(
          "| `%s` | %s | %s | %s | %s |\n"
              .formatted(
                  kpi.name(),
                  cell(question),
                  cell(kpi.formula().text()),
                  kpi.unit(),
                  kpi.good().code()));
    }
    return text.toString();
  }

  private Stream<TableContract> tables() {
    List<TableContract> written =
        Catalogue.list("").stream()
            .filter(path -> path.matches("(staged|mart)/[^/]+\\.yaml"))
            .map(path -> path.substring(path.indexOf('/') + 1, path.length() - ".yaml".length()))
            .filter(table -> !table.startsWith("kpi_"))
            .map(Contracts::of)
            .toList();
    return Stream.concat(
            written.stream(), new KpiContracts(catalog, Breakdown.DEFAULT).all().stream())
        .sorted(java.util.Comparator.comparing(TableContract::layer));
  }

  private static String cell(String text) {
    return text.replace("|", "\\|").replace("\n", " ");
  }
}
