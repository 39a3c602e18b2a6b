package dev.nightdesk.run;

import static org.apache.spark.sql.functions.broadcast;
import static org.apache.spark.sql.functions.col;

import dev.nightdesk.contract.TableContract;
import dev.nightdesk.io.NightTables;
import dev.nightdesk.io.SoughtValues;
import dev.nightdesk.kpi.KpiChangeInputs;
import dev.nightdesk.table.Night;
import dev.nightdesk.update.TouchedUnits;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Supplier;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * The facts and dims of an open night as the KPI engine sees them: whole, and the rows of touched
 * units, which are kept in memory until {@link #close}.
 */
final class TouchedFacts implements KpiChangeInputs, AutoCloseable {

  private static final String TICKET = "ticket_key";
  private static final String TICKET_DATE = "ticket_created_date";

  private final NightTables tables;
  private final Function<String, TableContract> contracts;
  private final Set<String> delivered;
  private final Night before;
  private final Night night;
  private final Map<String, Dataset<Row>> keysByUnit = new LinkedHashMap<>();
  private final Map<String, Dataset<Row>> kept = new LinkedHashMap<>();

  /** What is looked for, by column. */
  private final Map<String, SoughtValues> sought = new HashMap<>();

  /**
   * @param contracts of every table
   * @param before the night that the open one stands on
   * @param night the open one, whose facts have kept their touched units
   */
  TouchedFacts(
      OpenNight open,
      Function<String, TableContract> contracts,
      Set<String> delivered,
      Night before,
      Night night) {
    this.tables = open.tables();
    this.contracts = contracts;
    this.delivered = delivered;
    this.before = before;
    this.night = night;
    Dataset<Row> touched = open.work().read(TouchedUnits.NAME).persist();
    kept.put(TouchedUnits.NAME, touched);
    for (Row unit : touched.select("unit_code").distinct().collectAsList()) {
      keysByUnit.put(
          unit.getString(0),
          touched
              .filter(col("unit_code").equalTo(unit.getString(0)))
              .select(col("unit_key").as(unit.getString(0))));
    }
  }

  /** Facts of tickets are laid out by the day of the ticket, so it is days that are looked for. */
  private SoughtValues daysOfTouchedTickets() {
    TableContract tickets = contracts.apply("fact_ticket");
    Dataset<Row> days =
        tables
            .before(tickets)
            .select(TICKET, TICKET_DATE)
            .union(tables.now(tickets).select(TICKET, TICKET_DATE))
            .join(broadcast(keysByUnit.get(TICKET)), new String[] {TICKET}, "left_semi");
    return SoughtValues.of(days, TICKET_DATE);
  }

  @Override
  public Night nightBefore() {
    return before;
  }

  @Override
  public Night nightNow() {
    return night;
  }

  @Override
  public Set<String> delivered() {
    return delivered;
  }

  @Override
  public Dataset<Row> before(String table) {
    return tables.before(contracts.apply(table));
  }

  @Override
  public Dataset<Row> before(String table, Column condition) {
    return tables.before(contracts.apply(table), condition).filter(condition);
  }

  @Override
  public Dataset<Row> after(String table) {
    return tables.now(contracts.apply(table));
  }

  @Override
  public boolean isChanged(String table) {
    return tables.isChanged(contracts.apply(table));
  }

  @Override
  public Optional<String> unit(String table) {
    return contracts.apply(table).unit();
  }

  @Override
  public boolean isTouched(String fact) {
    return unit(fact).filter(keysByUnit::containsKey).isPresent();
  }

  @Override
  public Dataset<Row> touchedBefore(String fact) {
    return kept.computeIfAbsent("before " + fact, name -> touched(fact, tables::before));
  }

  @Override
  public Dataset<Row> touchedNow(String fact) {
    return kept.computeIfAbsent("now " + fact, name -> touched(fact, tables::now));
  }

  private boolean isOfTickets(String fact) {
    return contracts.apply(fact).columns().stream()
        .anyMatch(column -> column.name().equals(TICKET_DATE));
  }

  private Dataset<Row> touched(
      String fact, BiFunction<TableContract, Supplier<SoughtValues>, Dataset<Row>> rows) {
    String unit = unit(fact).orElseThrow();
    if (!keysByUnit.containsKey(unit)) {
      return before(fact).limit(0);
    }
    return rows.apply(contracts.apply(fact), () -> sought(isOfTickets(fact) ? TICKET_DATE : unit))
        .join(broadcast(keysByUnit.get(unit)), new String[] {unit}, "left_semi")
        .persist();
  }

  private SoughtValues sought(String column) {
    return sought.computeIfAbsent(
        column,
        name ->
            name.equals(TICKET_DATE)
                ? daysOfTouchedTickets()
                : tables.sought(keysByUnit.get(name), name));
  }

  /** Gives the memory back. */
  @Override
  public void close() {
    List<Dataset<Row>> all = new ArrayList<>(kept.values());
    kept.clear();
    all.forEach(Dataset::unpersist);
  }
}
