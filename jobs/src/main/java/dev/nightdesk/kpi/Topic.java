package dev.nightdesk.kpi;

import dev.nightdesk.contract.TableContract;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A pair of files: a question to the facts in SQL, and the numbers made of the answer.
 *
 * @param code its name, that of the files
 * @param title a short title
 * @param section the chapter of the catalogue
 * @param description what it measures
 * @param kind what the SQL yields
 * @param sql the SQL
 * @param needs raw entities without which its KPIs are NULL
 * @param sources tables that the SQL reads
 * @param grains of its numbers
 * @param breakdowns of its numbers, by code; empty for all configured
 * @param currency the column of its rows with the ISO 4217 code of their amounts; absent if they
 *     are no amounts
 * @param measures what the rows are folded into
 * @param kpis the published numbers
 * @param table of the kind table, the contract of its rows; absent for the others
 */
public record Topic(
    String code,
    String title,
    String section,
    String description,
    Kind kind,
    String sql,
    Set<String> needs,
    List<String> sources,
    List<Grain> grains,
    List<String> breakdowns,
    Optional<String> currency,
    List<Measure> measures,
    List<Kpi> kpis,
    Optional<TableContract> table) {

  /** What the SQL of a topic yields. */
  public enum Kind {
    /** One row per event that counts. */
    CONTRIBUTIONS,
    /** One row per thing that a whole period decides, with period and member. */
    PERIOD,
    /** One row per period and member, from the KPIs of all periods. */
    DERIVED,
    /** The rows of a table of its own, made of the written KPI tables. */
    TABLE;

    /** The kind as pairs write it. */
    public String code() {
      return name().toLowerCase(java.util.Locale.ROOT);
    }
  }

  /** File name of the SQL, for errors. */
  String sqlFile() {
    return "schemas/kpi/" + code + ".sql";
  }

  /** Whether its measures are amounts, told apart by currency. */
  boolean isMoney() {
    return currency.isPresent();
  }

  boolean hasHours() {
    return grains.contains(Grain.HOUR);
  }

  boolean isIn(Breakdown breakdown) {
    return breakdowns.isEmpty() || breakdowns.contains(breakdown.code());
  }

  List<Measure> measures(Fold fold) {
    return measures.stream().filter(measure -> measure.fold() == fold).toList();
  }
}
