package dev.nightdesk.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.univocity.parsers.csv.CsvParser;
import com.univocity.parsers.csv.CsvParserSettings;
import dev.nightdesk.SparkTestBase;
import dev.nightdesk.contract.Contracts;
import dev.nightdesk.contract.TableContract;
import dev.nightdesk.report.CostReport;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/**
 * The bundled story, from raw dumps to KPI tables, against the rows that {@code
 * fixtures/nightly/expected} derives by hand.
 *
 * <p>One night over all of it. That any way of cutting dumps into nights gives the same tables, and
 * compiled queries the same as interpreted ones, is {@link HistoriesIT}'s to prove.
 */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class NightlyIT extends SparkTestBase {

  private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
  private static final Path EXPECTED = ROOT.resolve("fixtures/nightly/expected");
  private static final Clock CLOCK =
      Clock.fixed(Instant.parse("2026-04-03T02:00:00Z"), ZoneOffset.UTC);

  /**
   * A file of expected rows.
   *
   * @param table the table, whose name the file has
   * @param coverage whether the table has other rows
   * @param key the columns that tell its rows apart
   */
  private record RowFile(String table, Coverage coverage, List<String> key) {}

  private enum Coverage {
    EVERY_ROW,
    SOME_ROWS
  }

  private static final List<RowFile> ROW_FILES =
      List.of(
          new RowFile("fact_call", Coverage.EVERY_ROW, List.of("call_key")),
          new RowFile("fact_conversion", Coverage.EVERY_ROW, List.of("order_key")),
          new RowFile(
              "fact_agent_shift",
              Coverage.SOME_ROWS,
              List.of("agent_key", "local_date", "started_at")),
          new RowFile(
              "kpi_ticket_type",
              Coverage.SOME_ROWS,
              List.of("grain_code", "period_start_date", "type_code")),
          new RowFile(
              "kpi_service_level",
              Coverage.SOME_ROWS,
              List.of("grain_code", "period_start_date", "channel_code")),
          new RowFile(
              "kpi_alert",
              Coverage.EVERY_ROW,
              List.of("kpi_code", "local_date", "breakdown_code", "member_key")),
          new RowFile(
              "kpi_target",
              Coverage.SOME_ROWS,
              List.of(
                  "kpi_code", "grain_code", "period_start_date", "breakdown_code", "member_key")),
          new RowFile(
              "kpi_macro",
              Coverage.SOME_ROWS,
              List.of("grain_code", "period_start_date", "macro_key")),
          new RowFile(
              "kpi_value",
              Coverage.SOME_ROWS,
              List.of(
                  "kpi_code",
                  "grain_code",
                  "period_start_date",
                  "breakdown_code",
                  "member_key",
                  "unit")));

  @TempDir static Path folder;

  private static NightdeskConfig config;
  private static NightRun night;
  private static NightRun.Outcome outcome;

  @BeforeAll
  static void runTheNight() {
    Settings settings =
        Settings.read(
            ROOT.resolve("nightdesk.yaml"),
            Map.of(),
            Map.of("warehouse", folder.resolve("warehouse").toString()));
    config = NightdeskConfig.of(settings, ROOT);
    night = new NightRun(spark(), config, CLOCK);
    outcome = night.nightly(NightOrder.upTo(null));
  }

  @Test
  @Order(1)
  void everyTableOfTheWarehouseWasWritten() {
    assertThat(outcome.tables().stream().map(TableRun::table))
        .containsExactlyInAnyOrderElementsOf(
            TablesCommand.contracts(config).stream()
                .filter(NightlyIT::isDelivered)
                .map(TableContract::table)
                // These tell of nights, and are written when one is judged and published.
                .filter(table -> !Set.of("publication", "run", "audit_result").contains(table))
                .toList());
  }

  /** A log of records that no source of the story delivers is not begun. */
  private static boolean isDelivered(TableContract contract) {
    return contract.layer() != TableContract.Layer.STAGED
        || config.deliveredEntities().contains(contract.table().substring("stg_".length()));
  }

  @TestFactory
  @Order(2)
  Stream<DynamicTest> ticketsBecomeTheirFacts() {
    Map<String, Row> facts = new HashMap<>();
    rows("fact_ticket").forEach(row -> facts.put(row.getAs("ticket_key"), row));
    List<Map<String, String>> expected = csv("fact_ticket.csv");
    assertThat(facts).hasSameSizeAs(expected);
    return expected.stream()
        .map(
            ticket ->
                DynamicTest.dynamicTest(
                    ticket.get("ticket_key"),
                    () -> {
                      Row fact = facts.get(ticket.get("ticket_key"));
                      Map<String, String> actual = new HashMap<>();
                      ticket
                          .keySet()
                          .forEach(column -> actual.put(column, text(fact.getAs(column))));
                      assertThat(actual).isEqualTo(ticket);
                    }));
  }

  @TestFactory
  @Order(3)
  Stream<DynamicTest> kpisAreWhatTheStorySays() {
    return Stream.of("overall", "by_agent", "by_type", "by_channel")
        .flatMap(
            name -> {
              Map<String, Row> actual = new HashMap<>();
              String member = name.equals("overall") ? null : member(name);
              rows("kpi_" + name)
                  .forEach(
                      row ->
                          actual.put(
                              key(
                                  row.getAs("grain_code"),
                                  row.getAs("period_start_date").toString(),
                                  member == null ? "" : row.getAs(member)),
                              row));
              return csv("kpi_" + name + ".csv").stream()
                  .map(
                      expected ->
                          DynamicTest.dynamicTest(
                              "%s %s %s %s"
                                  .formatted(
                                      expected.get("kpi"),
                                      expected.get("grain"),
                                      expected.get("period_start_date"),
                                      member == null ? "" : expected.get(member)),
                              () -> {
                                Row row =
                                    actual.get(
                                        key(
                                            expected.get("grain"),
                                            expected.get("period_start_date"),
                                            member == null ? "" : expected.get(member)));
                                assertThat(row).as(expected.get("sentence")).isNotNull();
                                requireValue(
                                    expected.get("sentence"),
                                    expected.get("value"),
                                    row.getAs(expected.get("kpi")));
                              }));
            });
  }

  @TestFactory
  @Order(4)
  Stream<DynamicTest> rowsAreWhatTheStorySays() {
    return ROW_FILES.stream()
        .flatMap(
            file -> {
              Map<String, Row> actual = new HashMap<>();
              rows(file.table())
                  .forEach(
                      row ->
                          actual.put(
                              String.join(
                                  " ",
                                  file.key().stream().map(key -> text(row.getAs(key))).toList()),
                              row));
              List<Map<String, String>> expected = csv(file.table() + ".csv");
              assertThat(expected).as(file.table()).isNotEmpty();
              if (file.coverage() == Coverage.EVERY_ROW) {
                assertThat(actual.keySet())
                    .as(file.table())
                    .containsExactlyInAnyOrderElementsOf(
                        expected.stream().map(row -> key(file, row)).toList());
              }
              return expected.stream()
                  .map(
                      row ->
                          DynamicTest.dynamicTest(
                              file.table() + " " + key(file, row),
                              () -> requireRow(file, row, actual.get(key(file, row)))));
            });
  }

  @Test
  @Order(5)
  void refusedRecordsAreKeptWithFileAndPlace() {
    assertThat(
            rows("rejected_row").stream()
                .map(row -> row.getAs("path") + " " + row.getAs("position"))
                .toList())
        .containsExactlyInAnyOrderElementsOf(
            csv("rejected_row.csv").stream()
                .map(row -> row.get("path") + " " + row.get("position"))
                .toList());
  }

  @Test
  @Order(6)
  void ofEveryTableItIsKnownWhatItCostAndTheTimesAddUpToThoseOfTheNight() {
    List<Row> phases = rows("run");
    assertThat(
            phases.stream()
                .filter(row -> row.getAs("phase_code").equals("table"))
                .map(row -> row.<String>getAs("table_name")))
        .containsExactlyInAnyOrderElementsOf(
            outcome.tables().stream().map(TableRun::table).toList());
    assertThat(phases)
        .filteredOn(row -> row.getAs("phase_code").equals("table"))
        .allSatisfy(
            row -> {
              assertThat(row.<Long>getAs("written_row_count"))
                  .as("%s", row)
                  .isEqualTo(row.<Long>getAs("row_count"));
              assertThat(row.<Double>getAs("cpu_seconds")).as("%s", row).isPositive();
            });
    assertThat(phases.stream().mapToDouble(row -> row.<Double>getAs("share_seconds")).sum())
        .isPositive()
        .isLessThanOrEqualTo(outcome.seconds() + 0.1);
    NightCosts costs = new NightCosts(night.warehouse());
    assertThat(costs.report(costs.latest()).text(CostReport.Extent.EVERY_PHASE))
        .contains("ticket_history, kept", "fact_ticket", "rules of rows", "commits");
  }

  @Test
  @Order(7)
  void theSameNightAgainReadsNothingAndWritesNothing() throws IOException {
    Set<String> before = files();
    assertThat(before).anyMatch(file -> file.contains("/publication/"));

    NightRun.Outcome again = new NightRun(spark(), config, CLOCK).nightly(NightOrder.upTo(null));

    assertThat(again.staged().fileCount()).isZero();
    assertThat(again.tables()).isEmpty();
    assertThat(files()).isEqualTo(before);
  }

  /** Every file of the warehouse but the lease's, with its size and when it was written. */
  private static Set<String> files() throws IOException {
    Path warehouse = folder.resolve("warehouse");
    Set<String> files = new TreeSet<>();
    try (Stream<Path> all = Files.walk(warehouse)) {
      for (Path file : all.filter(Files::isRegularFile).toList()) {
        String name = warehouse.relativize(file).toString();
        if (!name.startsWith("_")) {
          files.add(name + " " + Files.size(file) + " " + Files.getLastModifiedTime(file));
        }
      }
    }
    return files;
  }

  private static List<Row> rows(String table) {
    TableContract contract =
        TablesCommand.contracts(config).stream()
            .filter(each -> each.table().equals(table))
            .findFirst()
            .orElseGet(() -> Contracts.of(table));
    return night.warehouse().published().read(contract).collectAsList();
  }

  private static void requireRow(RowFile file, Map<String, String> expected, Row actual) {
    assertThat(actual).as(expected.get("sentence")).isNotNull();
    expected.forEach(
        (column, value) -> {
          if (!column.equals("sentence") && !file.key().contains(column)) {
            requireValue(
                column + ": " + expected.get("sentence"), value, actual.<Object>getAs(column));
          }
        });
  }

  private static void requireValue(String sentence, String expected, Object value) {
    if (expected.isEmpty()) {
      assertThat(value).as(sentence).isNull();
    } else if (value instanceof Number number) {
      assertThat(number.doubleValue()).as(sentence).isCloseTo(number(expected), within(1e-9));
    } else {
      assertThat(value).as(sentence).isNotNull();
      assertThat(text(value)).as(sentence).isEqualTo(expected);
    }
  }

  /** A decimal, or an exact fraction such as 2/3. */
  private static double number(String text) {
    String[] parts = text.split("/");
    return parts.length == 1
        ? Double.parseDouble(text)
        : Double.parseDouble(parts[0]) / Double.parseDouble(parts[1]);
  }

  private static String member(String name) {
    return name.equals("by_agent") ? "agent_key" : name.substring("by_".length()) + "_code";
  }

  private static String key(String grain, String start, String member) {
    return grain + " " + start + " " + member;
  }

  private static String key(RowFile file, Map<String, String> row) {
    return String.join(" ", file.key().stream().map(row::get).toList());
  }

  private static String text(Object value) {
    if (value == null) {
      return "";
    }
    return value instanceof Timestamp instant ? instant.toInstant().toString() : value.toString();
  }

  private static List<Map<String, String>> csv(String file) {
    CsvParserSettings settings = new CsvParserSettings();
    settings.setNullValue("");
    settings.setEmptyValue("");
    List<String[]> lines = new CsvParser(settings).parseAll(new File(EXPECTED.toFile(), file));
    String[] header = lines.get(0);
    List<Map<String, String>> rows = new ArrayList<>();
    for (String[] line : lines.subList(1, lines.size())) {
      Map<String, String> row = new HashMap<>();
      for (int i = 0; i < header.length; i++) {
        row.put(header[i], line[i]);
      }
      rows.add(row);
    }
    return rows;
  }
}
