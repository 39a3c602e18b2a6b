package dev.nightdesk.kpi;

import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.explode;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.min;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.when;

import dev.nightdesk.table.Night;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * From when until when a member has rows: its first to its last event, and on to as of while
 * something of it runs (a standing backlog). {@code all} has rows from the first event of all until
 * as of.
 *
 * <p>A period in which nothing happened has a row of zeros, as long as its member was there.
 */
final class Spans {

  static final String FIRST = "first_date";
  static final String LAST = "last_date";
  static final String FIRST_BEFORE = "before_first_date";
  static final String LAST_BEFORE = "before_last_date";

  private final List<Topic> topics;
  private final Night night;
  private final Periods periods;

  Spans(List<Topic> topics, Night night) {
    this.topics = topics;
    this.night = night;
    this.periods = new Periods(night.calendar());
  }

  /** Breakdown, member, first and last day, of the days of {@code kpi_part}. */
  Dataset<Row> of(Dataset<Row> parts) {
    List<Column> sums = new ArrayList<>();
    sums.add(max(col(Parts.START_DATE)).as(LAST));
    running().forEach(name -> sums.add(sum(col(name)).as(name)));
    return days(parts)
        .filter(col(Contributions.CONTRIBUTIONS).gt(0))
        .groupBy(col(Parts.BREAKDOWN), col(Parts.MEMBER))
        .agg(min(col(Parts.START_DATE)).as(FIRST), sums.toArray(Column[]::new))
        .select(
            col(Parts.BREAKDOWN),
            col(Parts.MEMBER),
            col(FIRST),
            last(night, "", col(LAST)).as(LAST));
  }

  /**
   * The spans of before and of now side by side: a row per member that had or has one, null where
   * it had or has none.
   *
   * @param before {@code kpi_part} as it was
   * @param changes what is added to it
   * @param nightBefore the night of {@code before}
   */
  Dataset<Row> of(Dataset<Row> before, Dataset<Row> changes, Night nightBefore) {
    String was = "was_";
    Column[] perDay = new Column[2 * running().size() + 1];
    Column[] perMember = new Column[2 * running().size() + 3];
    Column[] old = columns(was, before);
    Column[] added = columns("", changes);
    int next = 0;
    for (String name : running()) {
      perDay[next] = sum(col(was + name)).as(was + name);
      perMember[next++] = sum(col(was + name)).as(was + name);
      perDay[next] = sum(col(name)).as(name);
      perMember[next++] = sum(col(name)).as(name);
    }
    perDay[next] = sum(col(Contributions.CONTRIBUTIONS)).as(Contributions.CONTRIBUTIONS);
    Column day = col(Parts.START_DATE);
    Column wasThere = when(col(was + Contributions.CONTRIBUTIONS).gt(0), day);
    Column isThere = when(col(Contributions.CONTRIBUTIONS).gt(0), day);
    perMember[next++] = max(wasThere).as(LAST_BEFORE);
    perMember[next++] = min(isThere).as(FIRST);
    perMember[next] = max(isThere).as(LAST);
    return days(before)
        .select(old)
        .unionByName(days(changes).select(added))
        .groupBy(col(Parts.BREAKDOWN), col(Parts.MEMBER), day)
        .agg(
            sum(col(was + Contributions.CONTRIBUTIONS)).as(was + Contributions.CONTRIBUTIONS),
            perDay)
        .groupBy(col(Parts.BREAKDOWN), col(Parts.MEMBER))
        .agg(min(wasThere).as(FIRST_BEFORE), perMember)
        .select(
            col(Parts.BREAKDOWN),
            col(Parts.MEMBER),
            col(FIRST_BEFORE),
            when(col(FIRST_BEFORE).isNotNull(), last(nightBefore, was, col(LAST_BEFORE)))
                .as(LAST_BEFORE),
            col(FIRST),
            when(col(FIRST).isNotNull(), last(night, "", col(LAST))).as(LAST));
  }

  /** A row without numbers for every period of days in which a member was there. */
  Dataset<Row> scaffold(Dataset<Row> spans) {
    Column all =
        org.apache.spark.sql.functions.flatten(
            array(
                Grain.OF_DAYS.stream()
                    .map(grain -> periods.between(grain, col(FIRST), col(LAST)))
                    .toArray(Column[]::new)));
    return periods.in(
        spans
            .select(col(Parts.BREAKDOWN), col(Parts.MEMBER), col(FIRST), col(LAST))
            .filter(there()),
        explode(all),
        FIRST,
        LAST);
  }

  /**
   * The same of some periods.
   *
   * @param some grain, start and first day of periods; few
   */
  Dataset<Row> scaffold(Dataset<Row> spans, Dataset<Row> some) {
    Column firstStarts =
        array(
            Grain.OF_DAYS.stream()
                .map(
                    grain ->
                        struct(
                            lit(grain.code()).as("span_grain_code"),
                            periods.startDate(grain, col(FIRST)).as("span_start_date")))
                .toArray(Column[]::new));
    Dataset<Row> starts =
        spans
            .filter(there())
            .select(
                col(Parts.BREAKDOWN), col(Parts.MEMBER), col(LAST), explode(firstStarts).as("s"))
            .select(col(Parts.BREAKDOWN), col(Parts.MEMBER), col(LAST), col("s.*"));
    return dev.nightdesk.logic.Joins.many(
            org.apache.spark.sql.functions.broadcast(some),
            starts,
            col(Parts.GRAIN)
                .equalTo(col("span_grain_code"))
                .and(col(Parts.START_DATE).geq(col("span_start_date")))
                .and(col(Parts.START_DATE).leq(col(LAST))),
            "every member that was there in a period")
        .drop("span_grain_code", "span_start_date", LAST);
  }

  /** Every local day of every period from the first event of all to as of. */
  Dataset<Row> periodDays(Dataset<Row> spans) {
    return periods.days(
        spans.filter(col(Parts.BREAKDOWN).equalTo(Breakdown.ALL.code()).and(there())), FIRST, LAST);
  }

  /** The same of the wide table of all, which has every day from the first event to as of. */
  Dataset<Row> periodDaysOf(Dataset<Row> overall) {
    return periods.days(
        overall
            .filter(col(Parts.GRAIN).equalTo(Grain.DAY.code()))
            .agg(min(col(Parts.START_DATE)).as(FIRST), max(col(Parts.START_DATE)).as(LAST))
            .filter(there()),
        FIRST,
        LAST);
  }

  /**
   * The span of {@code all} alone.
   *
   * @param dayParts sums per day and member
   */
  Dataset<Row> ofAll(Dataset<Row> dayParts) {
    return dayParts
        .filter(col(Parts.BREAKDOWN).equalTo(Breakdown.ALL.code()))
        .agg(min(col(Contributions.CELL_DATE)).as(FIRST))
        .select(
            lit(Breakdown.ALL.code()).as(Parts.BREAKDOWN),
            col(FIRST),
            lit(night.logicalDate()).as(LAST));
  }

  private static Column there() {
    return col(FIRST).isNotNull();
  }

  private Column[] columns(String was, Dataset<Row> rows) {
    List<Column> columns = new ArrayList<>();
    columns.add(col(Parts.BREAKDOWN));
    columns.add(col(Parts.MEMBER));
    columns.add(col(Parts.START_DATE));
    List<String> names = new ArrayList<>(running());
    names.add(Contributions.CONTRIBUTIONS);
    for (String name : names) {
      Column value = col(name);
      columns.add((was.isEmpty() ? lit(0L) : value).as("was_" + name));
      columns.add(value.as(name));
    }
    return columns.toArray(Column[]::new);
  }

  /** As long as a level is not 0 the member is there, to the end of the night's day. */
  private Column last(Night asOf, String prefix, Column lastEvent) {
    Column stands = col(Parts.BREAKDOWN).equalTo(Breakdown.ALL.code());
    for (String name : running()) {
      stands = stands.or(coalesce(col(prefix + name), lit(0)).notEqual(0));
    }
    return when(stands, lit(asOf.logicalDate())).otherwise(lastEvent);
  }

  private static Dataset<Row> days(Dataset<Row> parts) {
    return parts.filter(col(Parts.GRAIN).equalTo(Grain.DAY.code()));
  }

  private List<String> running() {
    return Parts.running(topics);
  }
}
