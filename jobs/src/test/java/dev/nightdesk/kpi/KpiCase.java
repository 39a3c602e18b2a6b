package dev.nightdesk.kpi;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.nightdesk.contract.Catalogue;
import dev.nightdesk.contract.TableContract;
import dev.nightdesk.contract.YamlNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * A case of {@code fixtures/kpi}: a few rows in, expected rows out, one sentence on what it proves.
 *
 * <p>Cases run together, so that each is a brand and a source of its own: every key gets the case's
 * name in front.
 *
 * @param name topic and file, unique
 * @param asOf the last ingested day
 * @param zone the reporting zone
 * @param given rows by table
 * @param expected rows by table; only the named columns are compared
 */
record KpiCase(
    String name,
    String proves,
    LocalDate asOf,
    ZoneId zone,
    Map<String, List<Map<String, Object>>> given,
    Map<String, List<Map<String, Object>>> expected) {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String REPEAT = "repeat";
  private static final String FROM = "from";
  private static final String A_DAY = "a_day";
  private static final Set<String> SHARED_KEYS = Set.of("unassigned", "all", "default");

  /** What a row says when the case does not: by column, or by table and column. */
  private static final Map<String, Object> DEFAULTS =
      Map.ofEntries(
          Map.entry("direction_code", "inbound"),
          Map.entry("is_public", true),
          Map.entry("is_delivered", true),
          Map.entry("is_higher_better", true),
          Map.entry("is_default", true),
          Map.entry("position", 1),
          Map.entry("stg_agent_shift.kind_code", "shift"),
          Map.entry("stg_macro.macro_name", "A macro"),
          Map.entry("stg_macro.is_active", true),
          Map.entry("stg_order.financial_status_code", "paid"),
          Map.entry("stg_order.total_amount", 10),
          Map.entry("stg_order.currency_code", "EUR"),
          Map.entry("content_hash", "-"),
          Map.entry("file_id", "-"),
          Map.entry("version_at", "2000-01-01T00:00:00Z"));

  /** Every case below a folder: {@code <topic>/<case>.yaml}. */
  static List<KpiCase> below(Path folder) {
    try (Stream<Path> files = Files.walk(folder)) {
      return files
          .filter(
              file ->
                  file.toString().endsWith(".yaml")
                      && file.getNameCount() - folder.getNameCount() > 1)
          .sorted()
          .map(KpiCase::read)
          .toList();
    } catch (IOException e) {
      throw new IllegalStateException("Cannot list the cases of " + folder, e);
    }
  }

  private static KpiCase read(Path file) {
    try {
      String name = file.getFileName().toString().replace(".yaml", "");
      YamlNode root =
          new YamlNode(
                  file.toString(), Catalogue.parseYaml(file.toString(), Files.readString(file)))
              .knowing(Set.of("proves", "as_of", "zone", "given", "expected"));
      return new KpiCase(
          name,
          root.text("proves"),
          LocalDate.parse(root.text("as_of")),
          ZoneId.of(root.textOr("zone", "UTC")),
          tables(root.node("given"), name),
          tables(root.node("expected"), name));
    } catch (IOException e) {
      throw new IllegalStateException("Cannot read the case " + file, e);
    }
  }

  /** The given rows of a table as JSON, complete as its contract wants them. */
  List<String> rows(TableContract contract) {
    List<String> rows = new ArrayList<>();
    for (Map<String, Object> named : given.getOrDefault(contract.table(), List.of())) {
      Map<String, Object> row = new LinkedHashMap<>(named);
      contract
          .columns()
          .forEach(
              column -> {
                String type = column.type().simpleString();
                Object fallback =
                    switch (column.name()) {
                      case "source_code", "brand_code" -> name;
                      case "dt" -> asOf.toString();
                      default ->
                          DEFAULTS.getOrDefault(
                              contract.table() + "." + column.name(), DEFAULTS.get(column.name()));
                    };
                if (fallback == null && type.equals("boolean") && column.isRequired()) {
                  fallback = false;
                }
                String number = String.valueOf(rows.size() + 1);
                if (fallback == null && contract.key().contains(column.name())) {
                  fallback =
                      column.name().endsWith("_id")
                          ? number
                          : column.name().endsWith("_key") && !row.containsKey(column.name())
                              ? name + ":" + number
                              : null;
                }
                if (fallback == null && column.name().endsWith("_id") && column.isRequired()) {
                  fallback = number;
                }
                if (fallback != null) {
                  row.putIfAbsent(column.name(), fallback);
                }
              });
      row.putIfAbsent("ticket_id", row.get("ticket_key"));
      row.putIfAbsent("agent_id", row.get("agent_key"));
      try {
        rows.add(JSON.writeValueAsString(row));
      } catch (JsonProcessingException e) {
        throw new IllegalStateException(e);
      }
    }
    return rows;
  }

  private static Map<String, List<Map<String, Object>>> tables(YamlNode tables, String name) {
    Map<String, List<Map<String, Object>>> byTable = new LinkedHashMap<>();
    for (String table : tables.keys()) {
      byTable.put(table, tables.nodes(table).stream().flatMap(node -> rows(node, name)).toList());
    }
    return byTable;
  }

  /**
   * A row, or as many as its {@code repeat} says, in each of which {@code {n}} is its number and
   * {@code {day}} its day: {@code a_day} of them are of the day {@code from}, as many of the next.
   */
  private static Stream<Map<String, Object>> rows(YamlNode node, String name) {
    int times = Integer.parseInt(node.textOr(REPEAT, "1"));
    return IntStream.rangeClosed(1, times).mapToObj(number -> row(node, name, number));
  }

  private static Map<String, String> places(YamlNode node, int number) {
    if (!node.has(FROM)) {
      return Map.of("{n}", String.valueOf(number));
    }
    int days = (number - 1) / Integer.parseInt(node.text(A_DAY));
    return Map.of(
        "{n}",
        String.valueOf(number),
        "{day}",
        LocalDate.parse(node.text(FROM)).plusDays(days).toString());
  }

  private static Map<String, Object> row(YamlNode node, String name, int number) {
    boolean isAssignment = node.textOr("event_type_code", "").equals("assignee");
    boolean isMerge = node.textOr("event_type_code", "").equals("merge");
    boolean isMember = node.has("breakdown_code") && !node.text("breakdown_code").equals("agent");
    Map<String, String> places = places(node, number);
    Map<String, Object> row = new LinkedHashMap<>();
    for (String column : node.keys()) {
      boolean isKey =
          column.endsWith("_key") && !(isMember && column.equals("member_key"))
              || (column.equals("new_value") && (isAssignment || isMerge));
      if (!Set.of(REPEAT, FROM, A_DAY).contains(column)) {
        Object value = filled(node.value(column), name, places);
        row.put(column, isKey ? key(value, name) : value);
      }
    }
    return row;
  }

  /**
   * A value with its number and day in it, and inside of lists with the case's name before every
   * key.
   */
  private static Object filled(Object value, String name, Map<String, String> places) {
    if (value instanceof List<?> items) {
      return items.stream().map(item -> filled(item, name, places)).toList();
    }
    if (value instanceof Map<?, ?> fields) {
      Map<String, Object> nested = new LinkedHashMap<>();
      fields.forEach(
          (field, inner) -> {
            Object plain = filled(inner, name, places);
            nested.put(
                field.toString(), field.toString().endsWith("_key") ? key(plain, name) : plain);
          });
      return nested;
    }
    if (value instanceof String text) {
      String filled = text;
      for (Map.Entry<String, String> place : places.entrySet()) {
        filled = filled.replace(place.getKey(), place.getValue());
      }
      return filled;
    }
    return value;
  }

  private static Object key(Object value, String name) {
    return value == null || SHARED_KEYS.contains(value) ? value : name + ":" + value;
  }

  @Override
  public String toString() {
    return name + ": " + proves;
  }

  /** The tables that cases of a list expect something of. */
  static Set<String> expectedTables(List<KpiCase> cases) {
    return cases.stream()
        .flatMap(one -> one.expected().keySet().stream())
        .collect(Collectors.toSet());
  }
}
