package dev.nightdesk.kpi;

import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.element_at;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.posexplode;
import static org.apache.spark.sql.functions.when;

import dev.nightdesk.kpi.Kpi.Formula;
import dev.nightdesk.kpi.Topic.Kind;
import dev.nightdesk.table.Night;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataTypes;

/** Parts → the published tables. The formula of a KPI is evaluated here and nowhere else. */
final class KpiTables {

  private static final String PLACE = "place";

  /** Elements are counted from 1, places from 0. */
  private static final Column NUMBER = col(PLACE).plus(1);

  private final List<Topic> topics;
  private final List<Breakdown> breakdowns;
  private final Night night;
  private final Set<String> delivered;

  /**
   * @param delivered raw entities that a loaded source delivers; a KPI that needs another is NULL
   */
  KpiTables(List<Topic> topics, List<Breakdown> breakdowns, Night night, Set<String> delivered) {
    this.topics = topics;
    this.breakdowns = breakdowns;
    this.night = night;
    this.delivered = Set.copyOf(delivered);
  }

  /**
   * What derived topics read: a row per grain of days, period, breakdown and member, a column per
   * KPI that is not derived. A KPI is NULL where the catalogue does not have it.
   */
  Dataset<Row> periods(Dataset<Row> parts) {
    List<Column> columns = new ArrayList<>();
    Parts.KEY.forEach(name -> columns.add(col(name)));
    columns.addAll(period());
    for (Kpi kpi : kpis(topics)) {
      if (derivedMeasures().noneMatch(kpi.measures()::contains)) {
        columns.add(when(exists(kpi), inReportingCurrency(kpi)).as(kpi.name()));
      }
    }
    return parts
        .filter(col(Parts.GRAIN).notEqual(Grain.HOUR.code()))
        .select(columns.toArray(Column[]::new));
  }

  private Stream<String> derivedMeasures() {
    return topics.stream()
        .filter(topic -> topic.kind() == Kind.DERIVED)
        .flatMap(topic -> topic.measures().stream())
        .map(Measure::name);
  }

  private List<Column> period() {
    Column end = new Periods(night.calendar()).end();
    return List.of(
        col(Parts.START_DATE),
        end.as(Parts.END_AT),
        end.leq(lit(night.asOf())).as(Parts.IS_COMPLETE));
  }

  /** The wide table of a breakdown: a row per grain, period and member, a column per KPI. */
  Dataset<Row> wide(Breakdown breakdown, Dataset<Row> parts) {
    List<Column> columns = new ArrayList<>(List.of(col(Parts.GRAIN), col(Parts.START_AT)));
    if (!breakdown.equals(Breakdown.ALL)) {
      columns.add(col(Parts.MEMBER).as(breakdown.column()));
    }
    columns.addAll(period());
    for (Kpi kpi : kpis(topics)) {
      if (kpi.isIn(breakdown)) {
        columns.add(inGrains(kpi, breakdown, inReportingCurrency(kpi)).as(kpi.name()));
      }
    }
    return parts
        .filter(col(Parts.BREAKDOWN).equalTo(breakdown.code()))
        .select(columns.toArray(Column[]::new));
  }

  /** The long form: a row per KPI that has a value, money in the reporting currency. */
  Dataset<Row> values(Dataset<Row> parts) {
    List<Kpi> all = kpis(topics).stream().filter(this::isInReportingCurrency).toList();
    String currency = night.definitions().reportingCurrency();
    return values(parts, all, atPlace(all, kpi -> lit(kpi.isMoney() ? currency : kpi.unit())));
  }

  /** The long form of money in other currencies, by {@code currency_code}. */
  Dataset<Row> valuesOfMoney(Dataset<Row> parts) {
    return values(
        parts,
        kpis(topics).stream().filter(Kpi::isMoney).toList(),
        col(Contributions.CURRENCY),
        Contributions.CURRENCY);
  }

  /**
   * Wide → long by arrays of bare numbers, in which each KPI has its place: most have no value in
   * most rows, and are gone before a row is made of them.
   *
   * @param carried columns that the unit is made of
   */
  private Dataset<Row> values(Dataset<Row> parts, List<Kpi> kpis, Column unit, String... carried) {
    List<String> kept =
        List.of(Parts.GRAIN, Parts.START_AT, Parts.START_DATE, Parts.BREAKDOWN, Parts.MEMBER);
    List<Column> columns = new ArrayList<>();
    Stream.concat(kept.stream(), Stream.of(carried)).forEach(name -> columns.add(col(name)));
    columns.add(
        ofAll(kpis, kpi -> when(exists(kpi), value(kpi).cast(DataTypes.DoubleType))).as("values"));
    columns.add(ofAll(kpis, this::numerator).as("numerators"));
    columns.add(ofAll(kpis, this::denominator).as("denominators"));
    List<Column> published =
        new ArrayList<>(List.of(atPlace(kpis, kpi -> lit(kpi.name())).as("kpi_code")));
    kept.forEach(name -> published.add(col(name)));
    published.add(element_at(col("numerators"), NUMBER).as("numerator"));
    published.add(element_at(col("denominators"), NUMBER).as("denominator"));
    published.add(col("value"));
    published.add(unit.as("unit"));
    return parts
        .select(columns.toArray(Column[]::new))
        .select(col("*"), posexplode(col("values")).as(new String[] {PLACE, "value"}))
        .filter(col("value").isNotNull())
        .select(published.toArray(Column[]::new));
  }

  private static Column ofAll(List<Kpi> kpis, Function<Kpi, Column> value) {
    return array(kpis.stream().map(value).toArray(Column[]::new));
  }

  private static Column atPlace(List<Kpi> kpis, Function<Kpi, Column> value) {
    return element_at(ofAll(kpis, value), NUMBER);
  }

  private static Column exists(Kpi kpi) {
    Column exists = lit(true);
    if (!kpi.breakdowns().isEmpty()) {
      exists = exists.and(col(Parts.BREAKDOWN).isin(kpi.breakdowns().toArray()));
    }
    return kpi.grains().containsAll(List.of(Grain.values()))
        ? exists
        : exists.and(col(Parts.GRAIN).isin(codes(kpi.grains())));
  }

  /** Without a reporting currency nobody can say in which one the money of a column should be. */
  private boolean isInReportingCurrency(Kpi kpi) {
    return !kpi.isMoney() || !night.definitions().reportingCurrency().isEmpty();
  }

  private Column inReportingCurrency(Kpi kpi) {
    return isInReportingCurrency(kpi) ? value(kpi) : lit(null).cast(kpi.type());
  }

  static List<Kpi> kpis(List<Topic> topics) {
    return topics.stream().flatMap(topic -> topic.kpis().stream()).toList();
  }

  private static Column inGrains(Kpi kpi, Breakdown breakdown, Column value) {
    return kpi.grains().containsAll(breakdown.grains())
        ? value
        : when(col(Parts.GRAIN).isin(codes(kpi.grains())), value);
  }

  private static Object[] codes(List<Grain> grains) {
    return grains.stream().map(Grain::code).toArray();
  }

  private Column value(Kpi kpi) {
    Formula formula = kpi.formula();
    if (!delivered.containsAll(kpi.needs())) {
      return lit(null).cast(kpi.type());
    }
    if (formula.percentile().isPresent()) {
      return HistogramFold.percentile(
              col(formula.distribution() + "_histogram"), formula.percentile().get())
          .cast(kpi.type());
    }
    if (formula.denominator().isEmpty()) {
      return numerator(kpi, kpi.type());
    }
    Column denominator = denominator(kpi);
    return when(
            denominator.notEqual(0), numerator(kpi).multiply(formula.times()).divide(denominator))
        .cast(kpi.type());
  }

  private Column numerator(Kpi kpi) {
    return kpi.formula().percentile().isPresent()
        ? lit(null).cast(DataTypes.DoubleType)
        : numerator(kpi, DataTypes.DoubleType);
  }

  private static Column numerator(Kpi kpi, org.apache.spark.sql.types.DataType type) {
    return expr(kpi.formula().numerator()).cast(type);
  }

  private Column denominator(Kpi kpi) {
    Formula formula = kpi.formula();
    if (formula.percentile().isPresent()) {
      return col(formula.distribution() + "_count").cast(DataTypes.DoubleType);
    }
    return formula
        .denominator()
        .map(sql -> expr(sql).cast(DataTypes.DoubleType))
        .orElse(lit(null).cast(DataTypes.DoubleType));
  }
}
