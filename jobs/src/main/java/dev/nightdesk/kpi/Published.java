package dev.nightdesk.kpi;

import dev.nightdesk.kpi.KpiEngine.Keeper;
import dev.nightdesk.kpi.Topic.Kind;
import dev.nightdesk.logic.Joins;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Formula rows → derived topics → wide tables and the long form. */
final class Published {

  private final List<Topic> topics;
  private final List<Breakdown> breakdowns;
  private final KpiTables tables;
  private final FormulaRows formulaRows;

  Published(
      List<Topic> topics, List<Breakdown> breakdowns, KpiTables tables, FormulaRows formulaRows) {
    this.topics = topics;
    this.breakdowns = breakdowns;
    this.tables = tables;
    this.formulaRows = formulaRows;
  }

  /**
   * The tables by name, with the rows of the given periods.
   *
   * @param rows formula rows of whole periods, kept
   * @param parts the rows of {@code kpi_part} of the same periods
   * @param contributions runs the SQL of derived topics
   * @param views where they find {@code kpi_period}; what else they read must be there
   * @param order puts the rows in order of which {@code kpi_value} is made, whose own rows then
   *     need not be
   */
  Map<String, Dataset<Row>> tables(
      Dataset<Row> rows,
      Dataset<Row> parts,
      Contributions contributions,
      Views views,
      Keeper keeper,
      UnaryOperator<Dataset<Row>> order) {
    views.create(KpiEngine.PERIOD, tables.periods(rows));
    // The few rows of derived topics are kept, not the many wide ones that they are put beside.
    List<Dataset<Row>> derived =
        topics.stream()
            .filter(topic -> topic.kind() == Kind.DERIVED)
            .map(
                topic ->
                    keeper.keep(
                        "kpi_derived_" + topic.code(),
                        FormulaRows.folded(topic, contributions.derived(topic))))
            .toList();
    Dataset<Row> complete = complete(rows, derived);
    Map<String, Dataset<Row>> named = new LinkedHashMap<>();
    for (Breakdown breakdown : breakdowns) {
      named.put(breakdown.table(), tables.wide(breakdown, complete));
    }
    Dataset<Row> values = tables.values(complete(order.apply(rows), derived));
    named.put(
        KpiEngine.VALUE,
        topics.stream().noneMatch(Topic::isMoney)
            ? values
            : values.union(
                tables.valuesOfMoney(order.apply(formulaRows.inOtherCurrencies(parts)))));
    return named;
  }

  /** Rows with the derived measures beside them, in the order and the partitions that they have. */
  private static Dataset<Row> complete(Dataset<Row> rows, List<Dataset<Row>> derived) {
    Dataset<Row> complete = rows;
    for (Dataset<Row> ofTopic : derived) {
      complete = Joins.zeroOrOneOfFew(complete, ofTopic, Parts.KEY.toArray(String[]::new));
    }
    return complete;
  }
}
