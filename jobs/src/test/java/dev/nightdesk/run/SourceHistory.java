package dev.nightdesk.run;

import dev.nightdesk.StagedFixture;
import dev.nightdesk.history.Parts;
import dev.nightdesk.history.TicketHistory;
import dev.nightdesk.table.Inputs;
import dev.nightdesk.table.Night;
import dev.nightdesk.table.ReportingCalendar;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * What the tickets of a source's dumps become, up to a date and as of its end in Berlin.
 *
 * @param tickets rows of the ticket history
 */
record SourceHistory(List<Row> tickets) {

  static SourceHistory of(SourceFixture fixture, String date) {
    TicketHistory table = new TicketHistory();
    Map<String, Dataset<Row>> staged = new HashMap<>();
    for (String name : table.inputs()) {
      staged.put(name, Parts.staged(name, log -> rows(fixture, log, date)));
    }
    Night night =
        new Night(
            LocalDate.parse(date),
            new ReportingCalendar(ZoneId.of("Europe/Berlin"), DayOfWeek.MONDAY, 1),
            DefaultDefinitions.VALUE);
    return new SourceHistory(table.build(Inputs.of(table, staged), night).collectAsList());
  }

  private static Dataset<Row> rows(SourceFixture fixture, String log, String date) {
    Dataset<Row> rows = fixture.staged(log.substring("stg_".length()));
    return rows == null
        ? fixture
            .staged("ticket")
            .sparkSession()
            .createDataFrame(List.<Row>of(), StagedFixture.schema(log))
        : rows.filter("dt <= DATE '%s'".formatted(date));
  }

  private Row ticket(String key) {
    return tickets.stream()
        .filter(ticket -> ticket.getAs("ticket_key").equals(key))
        .findFirst()
        .orElseThrow();
  }

  /** Columns of a ticket, parted by blanks. */
  String told(String key, String... columns) {
    Row ticket = ticket(key);
    return Arrays.stream(columns)
        .map(column -> String.valueOf(ticket.<Object>getAs(column)))
        .collect(Collectors.joining(" "));
  }

  /** Status, solves, reopens, resolution in seconds and solver of a ticket. */
  String solving(String key) {
    return told(
        key,
        "status_code",
        "solve_count",
        "reopen_count",
        "resolution_seconds",
        "last_solved_by_key");
  }

  /** The statuses of a ticket, each with the time in UTC at which it began. */
  List<String> statuses(String key) {
    Row ticket = ticket(key);
    return ticket.<Row>getList(ticket.fieldIndex("statuses")).stream()
        .map(
            status ->
                status.getAs("status_code")
                    + " "
                    + Instant.ofEpochSecond(status.<Long>getAs("started_at") / 1_000_000)
                        .atOffset(ZoneOffset.UTC)
                        .toLocalTime())
        .toList();
  }

  /** Each figure by a clock, with ours, theirs and the reason, in order. */
  List<String> reconciled(String key, String clockCode) {
    Row ticket = ticket(key);
    return ticket.<Row>getList(ticket.fieldIndex("reconciliations")).stream()
        .filter(found -> found.getAs("clock_code").equals(clockCode))
        .map(
            found ->
                found.getAs("metric_code")
                    + " "
                    + found.getAs("our_value")
                    + " "
                    + found.getAs("vendor_value")
                    + " "
                    + found.getAs("reason_code"))
        .sorted()
        .toList();
  }

  /** The entries of a list of a ticket, some of their fields parted by blanks, in order. */
  List<String> each(String key, String list, String... fields) {
    Row ticket = ticket(key);
    return ticket.<Row>getList(ticket.fieldIndex(list)).stream()
        .map(
            entry ->
                Arrays.stream(fields)
                    .map(field -> String.valueOf(entry.<Object>getAs(field)))
                    .collect(Collectors.joining(" ")))
        .sorted()
        .toList();
  }
}
