package dev.nightdesk.run;

import static org.apache.spark.sql.functions.broadcast;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.min;

import dev.nightdesk.contract.TableContract;
import dev.nightdesk.io.NightTables;
import dev.nightdesk.kpi.KpiChangeInputs;
import dev.nightdesk.table.Night;
import dev.nightdesk.update.TouchedUnits;
import java.sql.Date;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
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
  private final Column mayBeOfTouchedTicket;

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
    this.mayBeOfTouchedTicket = mayBeOfTouchedTicket();
  }

  /** Facts are laid out by the day of the ticket: files of older ones are not opened. */
  private Column mayBeOfTouchedTicket() {
    if (!keysByUnit.containsKey(TICKET)) {
      return lit(false);
    }
    TableContract tickets = contracts.apply("fact_ticket");
    Column[] columns = {col(TICKET), col(TICKET_DATE)};
    Row oldest =
        tables
            .before(tickets)
            .select(columns)
            .union(tables.now(tickets).select(columns))
            .join(broadcast(keysByUnit.get(TICKET)), new String[] {TICKET}, "left_semi")
            .agg(min(col(TICKET_DATE)))
            .first();
    return oldest.isNullAt(0) ? lit(false) : col(TICKET_DATE).geq(lit(oldest.<Date>getAs(0)));
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
    return kept.computeIfAbsent(
        "before " + fact,
        name ->
            isOfTickets(fact)
                ? touched(fact, before(fact, mayBeOfTouchedTicket))
                : touched(fact, before(fact)));
  }

  @Override
  public Dataset<Row> touchedNow(String fact) {
    return kept.computeIfAbsent(
        "now " + fact,
        name ->
            touched(
                fact, isOfTickets(fact) ? after(fact).filter(mayBeOfTouchedTicket) : after(fact)));
  }

  private boolean isOfTickets(String fact) {
    return contracts.apply(fact).columns().stream()
        .anyMatch(column -> column.name().equals(TICKET_DATE));
  }

  private Dataset<Row> touched(String fact, Dataset<Row> rows) {
    String unit = unit(fact).orElseThrow();
    if (!keysByUnit.containsKey(unit)) {
      return rows.limit(0);
    }
    return rows.join(broadcast(keysByUnit.get(unit)), new String[] {unit}, "left_semi").persist();
  }

  /** Gives the memory back. */
  @Override
  public void close() {
    List<Dataset<Row>> all = new ArrayList<>(kept.values());
    kept.clear();
    all.forEach(Dataset::unpersist);
  }
}
