package dev.nightdesk.contract;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What one entity of one type of source looks like in its dumps, and the SQL that maps it to staged
 * tables.
 *
 * @param sourceType the folder of {@code schemas/raw}
 * @param entity the raw entity: the folder of the dumps
 * @param fields its fields
 * @param pages names of the arrays that hold its records in a page of an API
 * @param streams what connectors call its records
 * @param mappings staged entity (without {@code stg_}) to the SQL that makes it; empty for an
 *     entity that is a contract only and not loaded yet
 * @param checks SQL conditions over the typed fields that every record must meet, each with its
 *     reason
 * @param ignore SQL condition over the typed fields of what its dumps hold besides its records;
 *     such is neither counted nor refused. Empty: nothing
 * @param timeZone the zone of instants without offset where the configuration names none; empty if
 *     they must have one
 * @param options parts of the source's configuration that the SQL may read: name to columns. Column
 *     {@code c} of the option {@code o} is the parameter {@code :o_c}, an array of texts
 * @param voluntaryOptions the options that a configuration need not have; their arrays are then as
 *     good as empty
 */
public record RawContract(
    String sourceType,
    String entity,
    List<RawField> fields,
    List<String> pages,
    List<String> streams,
    Map<String, String> mappings,
    List<Check> checks,
    String ignore,
    String timeZone,
    Map<String, List<String>> options,
    Set<String> voluntaryOptions)
    implements Serializable {

  /**
   * A condition that every record of an entity must meet.
   *
   * @param condition SQL over the typed fields; null counts as not met
   * @param reason what is wrong with a record that does not meet it
   * @param quote the field whose value belongs behind the reason; empty: none
   */
  public record Check(String condition, String reason, String quote) implements Serializable {}

  private static final Set<String> KNOWN =
      Set.of(
          "source_type",
          "entity",
          "record",
          "pages",
          "streams",
          "fields",
          "checks",
          "ignore",
          "time_zone",
          "options",
          "voluntary_options");

  public RawContract {
    fields = List.copyOf(fields);
    pages = List.copyOf(pages);
    streams = List.copyOf(streams);
    checks = List.copyOf(checks);
    voluntaryOptions = Set.copyOf(voluntaryOptions);
  }

  /** Every type of source that there is. */
  public static List<String> sourceTypes() {
    return Catalogue.list("raw/").stream().map(path -> path.split("/")[1]).distinct().toList();
  }

  /** Every entity of a type of source. */
  public static List<String> entities(String sourceType) {
    String prefix = "raw/" + sourceType + "/";
    return Catalogue.list(prefix).stream()
        .filter(path -> path.endsWith(".yaml"))
        .map(path -> path.substring(prefix.length(), path.length() - ".yaml".length()))
        .toList();
  }

  /**
   * The contract of an entity.
   *
   * @throws ContractViolation if there is none, or if it cannot be read
   */
  public static RawContract of(String sourceType, String entity) {
    String path = "raw/" + sourceType + "/" + entity + ".yaml";
    if (!Catalogue.has(path)) {
      throw new ContractViolation(
          "A source of type %s has no entity %s; it has %s. Correct the configuration, or add schemas/%s."
              .formatted(sourceType, entity, entities(sourceType), path));
    }
    YamlNode root = new YamlNode("schemas/" + path, Catalogue.yaml(path)).knowing(KNOWN);
    List<RawField> fields = new ArrayList<>();
    for (YamlNode field : root.nodes("fields")) {
      fields.add(
          new RawField(
              field.text("name"),
              Stream.concat(Stream.of(field.text("name")), field.texts("names").stream()).toList(),
              type(field),
              field.textOr("json", ""),
              field.flag("required"),
              field.flag("may_be_future"),
              field.texts("codes"),
              field.text("description")));
    }
    List<Check> checks = new ArrayList<>();
    for (YamlNode check : root.nodes("checks")) {
      checks.add(
          new Check(check.text("condition"), check.text("reason"), check.textOr("quote", "")));
    }
    Map<String, List<String>> options = new LinkedHashMap<>();
    YamlNode optionNode = root.node("options");
    for (String option : optionNode.keys()) {
      options.put(option, optionNode.texts(option));
    }
    return new RawContract(
        sourceType,
        entity,
        fields,
        root.texts("pages"),
        root.has("streams") ? root.texts("streams") : List.of(entity),
        mappings(sourceType, entity),
        checks,
        root.textOr("ignore", ""),
        root.textOr("time_zone", ""),
        options,
        Set.copyOf(root.texts("voluntary_options")));
  }

  private static RawField.Type type(YamlNode field) {
    try {
      return RawField.Type.valueOf(field.text("type").toUpperCase(Locale.ROOT));
    } catch (IllegalArgumentException e) {
      throw new ContractViolation(
          "%s: `%s` is no type of a raw field; they are %s."
              .formatted(field.place(), field.text("type"), List.of(RawField.Type.values())),
          e);
    }
  }

  private static Map<String, String> mappings(String sourceType, String entity) {
    String prefix = "raw/" + sourceType + "/" + entity + ".";
    Map<String, String> mappings = new LinkedHashMap<>();
    for (String path : Catalogue.list(prefix)) {
      if (path.endsWith(".sql")) {
        String target = path.substring(prefix.length(), path.length() - ".sql".length());
        mappings.put(target, Catalogue.text(path));
      }
    }
    return mappings;
  }
}
