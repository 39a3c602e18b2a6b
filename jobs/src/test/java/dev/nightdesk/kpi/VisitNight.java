package dev.nightdesk.kpi;

import static org.apache.spark.sql.functions.broadcast;
import static org.apache.spark.sql.functions.col;
import static org.assertj.core.api.Assertions.assertThat;

import dev.nightdesk.run.DefaultDefinitions;
import dev.nightdesk.table.Night;
import dev.nightdesk.table.Replacement;
import dev.nightdesk.table.ReportingCalendar;
import java.sql.Timestamp;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;

/**
 * A night that changes a few visits of the night before.
 *
 * @param before the visits of before
 * @param after the visits now
 * @param touched the tickets that the night touches
 * @param from the date of the night before
 * @param until the date of this night
 * @param hosts key, role and name of the hosts now
 */
record VisitNight(
    List<Visit> before,
    List<Visit> after,
    Set<String> touched,
    String from,
    String until,
    List<String> hosts) {

  static final List<String> HOSTS = List.of("ann friend Ann", "ben friend Ben");

  private static final List<Breakdown> BREAKDOWNS =
      List.of(Breakdown.ALL, Breakdown.AGENT, Breakdown.TYPE);

  private static final String VISITS =
      "ticket_key string, visited_at timestamp, agent_key string, type_code string, person_key"
          + " string, change int, stay_seconds bigint, matures_at timestamp, amount decimal(19,4),"
          + " currency_code string";

  static VisitNight of(Visit... visits) {
    return new VisitNight(
        List.of(visits), List.of(visits), Set.of(), "2026-03-05", "2026-03-05", HOSTS);
  }

  VisitNight then(Visit... visits) {
    return new VisitNight(before, List.of(visits), touched, from, until, hosts);
  }

  VisitNight touching(String... tickets) {
    return new VisitNight(before, after, Set.of(tickets), from, until, hosts);
  }

  VisitNight from(String date) {
    return new VisitNight(before, after, touched, date, until, hosts);
  }

  VisitNight until(String date) {
    return new VisitNight(before, after, touched, from, date, hosts);
  }

  VisitNight withHosts(String... changed) {
    return new VisitNight(before, after, touched, from, until, List.of(changed));
  }

  /** What a night replaced, and the tables after it. */
  record Changed(Map<String, Replacement> replacements, Map<String, List<Row>> tables) {

    Map<String, String> day(String table, String member, String column) {
      return values(table, "day", member, column, 10);
    }

    /** A column by start of the period, cut after some characters, and member; no nulls. */
    Map<String, String> values(
        String table, String grain, String member, String column, int length) {
      Map<String, String> values = new TreeMap<>();
      for (Row row : tables.get(table)) {
        if (row.getAs("grain_code").equals(grain) && row.getAs(column) != null) {
          String start =
              row.<Timestamp>getAs("period_start_at").toInstant().toString().replace('T', ' ');
          values.put(
              start.substring(5, length == 10 ? 10 : 19)
                  + (member == null ? "" : " " + row.getAs(member)),
              Objects.toString(row.<Object>getAs(column)));
        }
      }
      return values;
    }
  }

  /** Runs a night whole, then what follows both ways, and holds every table against the other. */
  Changed changes(Pair... pairs) {
    KpiEngine engine = new KpiEngine(KpiCatalog.of(List.of(pairs)), BREAKDOWNS);
    Tables inputs = new Tables(this);
    Map<String, Dataset<Row>> before = whole(engine, inputs.before, inputs.nightBefore());
    before.forEach((table, rows) -> inputs.before.put(table, rows));
    Map<String, Replacement> replacements =
        engine.changes(SparkSession.active(), inputs, (stage, rows) -> rows.localCheckpoint());
    Map<String, List<Row>> tables = new TreeMap<>();
    whole(engine, inputs.after, inputs.nightNow())
        .forEach(
            (table, expected) -> {
              Dataset<Row> applied = applied(before.get(table), replacements.get(table));
              assertThat(applied.columns()).containsExactly(expected.columns());
              assertThat(texts(applied))
                  .as(table)
                  .containsExactlyInAnyOrderElementsOf(texts(expected));
              tables.put(table, applied.collectAsList());
            });
    return new Changed(replacements, tables);
  }

  private static List<String> texts(Dataset<Row> rows) {
    return rows.collectAsList().stream().map(Row::json).toList();
  }

  private static Dataset<Row> applied(Dataset<Row> before, Replacement replacement) {
    return replacement == null
        ? before
        : before
            .join(
                broadcast(replacement.keys()),
                replacement.key().toArray(String[]::new),
                "left_anti")
            .select(Arrays.stream(before.columns()).map(name -> col(name)).toArray(Column[]::new))
            .union(replacement.rows())
            .localCheckpoint();
  }

  private static Map<String, Dataset<Row>> whole(
      KpiEngine engine, Map<String, Dataset<Row>> facts, Night night) {
    Map<String, Dataset<Row>> tables = new LinkedHashMap<>();
    engine
        .tables(facts, night, Set.of("visit"), (stage, rows) -> rows.localCheckpoint())
        .forEach((table, rows) -> tables.put(table, rows.localCheckpoint()));
    return tables;
  }

  /** The facts of a night; {@code fact_visit} has the unit ticket_key. */
  private static final class Tables implements KpiChangeInputs {

    private final Map<String, Dataset<Row>> before = new LinkedHashMap<>();
    private final Map<String, Dataset<Row>> after = new LinkedHashMap<>();
    private final VisitNight story;

    Tables(VisitNight story) {
      this.story = story;
      before.put("fact_visit", visits(story.before()));
      after.put("fact_visit", visits(story.after()));
      before.put("dim_host", hosts(HOSTS));
      after.put("dim_host", hosts(story.hosts()));
    }

    private static Dataset<Row> visits(List<Visit> visits) {
      return rows(VISITS, visits.stream().map(Visit::row).toList());
    }

    private static Dataset<Row> hosts(List<String> hosts) {
      return rows(
          "agent_key string, role_code string, host_name string",
          hosts.stream().map(host -> RowFactory.create((Object[]) host.split(" "))).toList());
    }

    private static Dataset<Row> rows(String ddl, List<Row> rows) {
      return SparkSession.active().createDataFrame(rows, StructType.fromDDL(ddl));
    }

    @Override
    public Night nightBefore() {
      return night(story.from());
    }

    @Override
    public Night nightNow() {
      return night(story.until());
    }

    private static Night night(String date) {
      return new Night(LocalDate.parse(date), ReportingCalendar.UTC, DefaultDefinitions.inEuros());
    }

    @Override
    public Set<String> delivered() {
      return Set.of("visit");
    }

    @Override
    public Dataset<Row> before(String table) {
      return before.get(table);
    }

    @Override
    public Dataset<Row> before(String table, Column condition) {
      return before.get(table).filter(condition);
    }

    @Override
    public Dataset<Row> after(String table) {
      return after.get(table);
    }

    @Override
    public boolean isChanged(String table) {
      return table.equals("fact_visit") ? !story.touched().isEmpty() : !story.hosts().equals(HOSTS);
    }

    @Override
    public Optional<String> unit(String table) {
      return table.equals("fact_visit") ? Optional.of("ticket_key") : Optional.empty();
    }

    @Override
    public boolean isTouched(String fact) {
      return unit(fact).isPresent() && !story.touched().isEmpty();
    }

    @Override
    public Dataset<Row> touchedBefore(String fact) {
      return before(fact).filter(isTouched());
    }

    @Override
    public Dataset<Row> touchedNow(String fact) {
      return after(fact).filter(isTouched());
    }

    private Column isTouched() {
      return col("ticket_key").isin(story.touched().toArray());
    }
  }
}
