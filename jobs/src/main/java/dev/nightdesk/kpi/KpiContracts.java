package dev.nightdesk.kpi;

import dev.nightdesk.contract.ColumnChecks;
import dev.nightdesk.contract.ColumnChecks.Range;
import dev.nightdesk.contract.ColumnContract;
import dev.nightdesk.contract.Contracts;
import dev.nightdesk.contract.TableContract;
import dev.nightdesk.contract.TableContract.Layer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;

/** The contracts of the KPI tables, derived from the pairs: nobody writes them. */
public final class KpiContracts {

  private static final String OWNER = "support-analytics";

  private final KpiCatalog catalog;
  private final List<Breakdown> breakdowns;

  public KpiContracts(KpiCatalog catalog, List<Breakdown> breakdowns) {
    this.catalog = catalog;
    this.breakdowns = List.copyOf(breakdowns);
  }

  /** All contracts, in the order of {@link KpiEngine#tables} and {@link KpiEngine#ownTables}. */
  public List<TableContract> all() {
    List<TableContract> contracts = new ArrayList<>(List.of(cellDay(), cellHour()));
    contracts.add(part());
    breakdowns.forEach(breakdown -> contracts.add(wide(breakdown)));
    contracts.add(Contracts.of(KpiEngine.VALUE));
    contracts.add(Contracts.of(KpiEngine.CATALOG));
    catalog.tables().forEach(topic -> contracts.add(topic.table().orElseThrow()));
    return contracts;
  }

  /**
   * One contract.
   *
   * @throws NoSuchElementException if the table is no KPI table
   */
  public TableContract of(String table) {
    return all().stream()
        .filter(contract -> contract.table().equals(table))
        .findFirst()
        .orElseThrow(() -> new NoSuchElementException("There is no KPI table " + table));
  }

  private TableContract wide(Breakdown breakdown) {
    List<ColumnContract> columns = new ArrayList<>();
    columns.add(grain(Stream.of(Grain.values()).filter(breakdown.grains()::contains)));
    columns.add(startAt());
    if (!breakdown.equals(Breakdown.ALL)) {
      columns.add(required(breakdown.column(), DataTypes.StringType, breakdown.description()));
    }
    columns.add(startDate());
    columns.add(
        required(
            "period_end_at", DataTypes.TimestampType, "First instant after the period (UTC)."));
    columns.add(
        required(
            "is_complete",
            DataTypes.BooleanType,
            "The period ended by as of. An unfinished one is never ranked or compared."));
    List<String> key = new ArrayList<>(List.of(Parts.GRAIN, Parts.START_AT));
    if (!breakdown.equals(Breakdown.ALL)) {
      key.add(breakdown.column());
    }
    for (Kpi kpi : catalog.kpis()) {
      if (kpi.isIn(breakdown)) {
        columns.add(
            new ColumnContract(
                kpi.name(),
                kpi.type(),
                false,
                kpi.unit(),
                List.of(),
                description(kpi, breakdown),
                new ColumnChecks(Optional.empty(), Optional.empty(), kpi.range())));
      }
    }
    String grain =
        breakdown.equals(Breakdown.ALL)
            ? "One row per grain and period: from the first event to as of; hours only where"
                + " something happened."
            : "One row per grain, period and %s: from the member's first to its last event, and on to as of while its backlog is not 0."
                .formatted(breakdown.code());
    return laidOut(breakdown.table(), grain, key, columns, Parts.PERIOD);
  }

  private static ColumnContract grain(Stream<Grain> grains) {
    return new ColumnContract(
        Parts.GRAIN,
        DataTypes.StringType,
        true,
        "",
        grains.map(Grain::code).toList(),
        "How long the period is.");
  }

  private static ColumnContract startAt() {
    return required(Parts.START_AT, DataTypes.TimestampType, "First instant of the period (UTC).");
  }

  private static ColumnContract startDate() {
    return required(
        Parts.START_DATE,
        DataTypes.DateType,
        "First local day of the period; of an hour, its local day.");
  }

  private TableContract cellDay() {
    return cell(
        KpiEngine.CELL_DAY,
        "One row per topic, local day and finest member. Sums add up over any rows of a topic;"
            + " histograms are (bucket, count, sum) triples that add up by bucket.",
        List.of(
            required(
                Slots.TOPIC, DataTypes.StringType, "The KPI topic whose measures the row holds."),
            required(Contributions.CELL_DATE, DataTypes.DateType, "The local day.")),
        breakdowns,
        contributing());
  }

  private TableContract cellHour() {
    return cell(
        KpiEngine.CELL_HOUR,
        "One row per topic that has hours, hour and finest member of the breakdowns that have"
            + " hours.",
        List.of(
            required(
                Slots.TOPIC, DataTypes.StringType, "The KPI topic whose measures the row holds."),
            required(
                Contributions.HOUR_STARTED_AT,
                DataTypes.TimestampType,
                "First instant of the local hour (UTC)."),
            required(Contributions.CELL_DATE, DataTypes.DateType, "The local day of the hour.")),
        breakdowns.stream().filter(breakdown -> breakdown.grains().contains(Grain.HOUR)).toList(),
        contributing().stream().filter(Topic::hasHours).toList());
  }

  private static TableContract cell(
      String table,
      String grain,
      List<ColumnContract> time,
      List<Breakdown> members,
      List<Topic> topics) {
    List<ColumnContract> columns = new ArrayList<>(time);
    for (Breakdown breakdown : members) {
      if (!breakdown.equals(Breakdown.ALL)) {
        columns.add(
            new ColumnContract(
                breakdown.column(),
                DataTypes.StringType,
                false,
                "",
                List.of(),
                breakdown.description() + " Null: does not count in this breakdown."));
      }
    }
    columns.add(
        new ColumnContract(
            Contributions.CURRENCY,
            DataTypes.StringType,
            false,
            "",
            List.of(),
            "ISO 4217 code of the amounts, `unspecified` where the source gives none. Null: the"
                + " topic has no money."));
    List<String> key = columns.stream().map(ColumnContract::name).toList();
    columns.add(
        new ColumnContract(
            Contributions.CONTRIBUTIONS,
            DataTypes.LongType,
            true,
            "rows",
            List.of(),
            "Contributions of the cell."));
    // The order in which the engine puts them: topics without distributions first.
    for (Topic topic : Cells.inOrder(topics)) {
      for (Measure measure : topic.measures()) {
        for (Map.Entry<String, DataType> part : Slots.parts(measure).entrySet()) {
          columns.add(
              new ColumnContract(
                  part.getKey(),
                  part.getValue(),
                  false,
                  "",
                  List.of(),
                  description(measure),
                  checks(measure)));
        }
      }
    }
    return laidOut(table, grain, key, columns, KpiEngine.CELL_ORDER);
  }

  private static TableContract laidOut(
      String table,
      String grain,
      List<String> key,
      List<ColumnContract> columns,
      List<String> layout) {
    return new TableContract(
        table, Layer.KPI, grain, key, OWNER, columns, Optional.empty(), layout);
  }

  private TableContract part() {
    List<ColumnContract> columns = new ArrayList<>();
    columns.add(grain(Stream.of(Grain.values())));
    columns.add(startAt());
    columns.add(startDate());
    columns.add(
        required(
            Parts.BREAKDOWN,
            DataTypes.StringType,
            "all, agent, type, channel, or another configured one."));
    columns.add(
        required(
            Parts.MEMBER,
            DataTypes.StringType,
            "The agent, type or channel; `all` without breakdown."));
    columns.add(
        new ColumnContract(
            Contributions.CURRENCY,
            DataTypes.StringType,
            false,
            "",
            List.of(),
            "ISO 4217 code of the amounts, `unspecified` where the source gives none. Null: what is"
                + " no money."));
    columns.add(
        required(
            Contributions.CONTRIBUTIONS,
            DataTypes.LongType,
            "Contributions of all topics to the period and member."));
    columns.add(
        required(
            Parts.PERIOD_ROWS,
            DataTypes.LongType,
            "Rows that the SQL of all period topics has of the period and member."));
    List<String> key =
        List.of(Parts.GRAIN, Parts.START_AT, Parts.BREAKDOWN, Parts.MEMBER, Contributions.CURRENCY);
    Parts.measures(catalog.topics())
        .forEach(
            measure ->
                Parts.types(measure)
                    .forEach(
                        (name, type) ->
                            columns.add(
                                new ColumnContract(
                                    name,
                                    type,
                                    true,
                                    "",
                                    List.of(),
                                    partDescription(measure),
                                    checks(measure)))));
    return laidOut(
        KpiEngine.PART,
        "One row per grain, period, breakdown, member and currency in which anything happened: what"
            + " the wide tables are made of. Without the periods in which nothing did, and with the"
            + " changes of levels in place of levels.",
        key,
        columns,
        Parts.PERIOD);
  }

  private static String partDescription(Measure measure) {
    String text = measure.description().isEmpty() ? "" : measure.description() + " ";
    return switch (measure.fold()) {
      case RUNNING ->
          "%sOf the topic %s, the change of the level in the period."
              .formatted(text, measure.topic());
      case DISTINCT ->
          "%sOf the topic %s, the number of different values; does not add up."
              .formatted(text, measure.topic());
      case SUM, COUNT, DISTRIBUTION ->
          "%sOf the topic %s, %s.".formatted(text, measure.topic(), measure.fold().code());
    };
  }

  private List<Topic> contributing() {
    return catalog.topics().stream()
        .filter(topic -> topic.kind() == Topic.Kind.CONTRIBUTIONS)
        .toList();
  }

  /** Changes of a level fall, too. */
  private static ColumnChecks checks(Measure measure) {
    return new ColumnChecks(
        Optional.empty(),
        Optional.empty(),
        measure.fold() == Fold.RUNNING ? Range.ANY : Range.NATURAL);
  }

  private static String description(Measure measure) {
    String text = measure.description().isEmpty() ? "" : measure.description() + " ";
    return "%sOf the topic %s, %s. Null: another topic's row."
        .formatted(text, measure.topic(), measure.fold().code());
  }

  private static String description(Kpi kpi, Breakdown breakdown) {
    StringBuilder text = new StringBuilder(kpi.question());
    text.append(" ")
        .append(kpi.formula().text())
        .append(", counted on: ")
        .append(kpi.attribution())
        .append(".");
    if (!kpi.caveats().isEmpty()) {
      text.append(" ").append(kpi.caveats());
    }
    if (kpi.isMoney()) {
      text.append(
          " Of the reporting currency only, never converted; every currency is in kpi_value.");
    }
    text.append(
        kpi.formula().denominator().isPresent() || kpi.formula().percentile().isPresent()
            ? " Null: nothing to divide or to rank"
            : kpi.isMoney()
                ? " Null: no source delivers it, or there is no reporting currency"
                : " Null: no source delivers it");
    text.append(kpi.grains().containsAll(breakdown.grains()) ? "." : ", and in hours.");
    return text.toString();
  }

  private static ColumnContract required(String name, DataType type, String description) {
    return new ColumnContract(name, type, true, "", List.of(), description);
  }
}
