package dev.nightdesk.run;

import dev.nightdesk.audit.VolumeAudit;
import dev.nightdesk.contract.ContractViolation;
import dev.nightdesk.contract.RawContract;
import dev.nightdesk.contract.RawField;
import dev.nightdesk.contract.YamlNode;
import dev.nightdesk.staged.TextForms;
import dev.nightdesk.table.Definitions;
import dev.nightdesk.table.ReportingCalendar;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Currency;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * The configuration, understood.
 *
 * @param raw URI of the raw area
 * @param warehouse URI of the warehouse
 * @param maxRejectedRatio share of an entity's records that may be refused, 0 to 1
 * @param calendar how instants become days
 * @param definitions what definitions leave open
 * @param messageText whether message text is kept at staging
 * @param nightSize how Spark is set up
 * @param nightScope what a night computes
 * @param lease how long the right to write lives
 * @param extraBreakdowns breakdowns besides agent, type and channel
 * @param volumeLimits when a dump is odd beside those before
 * @param hadoop settings of file systems, by Hadoop's names
 * @param sources the sources, in the file's order
 */
record NightdeskConfig(
    String raw,
    String warehouse,
    double maxRejectedRatio,
    ReportingCalendar calendar,
    Definitions definitions,
    MessageText messageText,
    NightSize nightSize,
    NightScope nightScope,
    LeaseTimes lease,
    List<String> extraBreakdowns,
    VolumeAudit.Limits volumeLimits,
    Map<String, String> hadoop,
    List<SourceConfig> sources) {

  /** What staging does with message text. */
  enum MessageText {
    KEPT,
    DROPPED
  }

  private static final Pattern SECRET =
      Pattern.compile(
          "(?i)secret|password|token|(access|encryption|account)[._-]key|private[._-]key");
  private static final Set<String> SOURCE_KEYS = Set.of("type", "entities", "options");
  private static final Set<String> ENTITY_KEYS = Set.of("optional", "folder", "stream");
  private static final Set<String> FORMAT_OPTIONS =
      Set.of(
          "delimiter", "columns", "time-zone", "instant-formats", "decimal-comma", "duration-unit");

  /**
   * Understands settings.
   *
   * @param folder what paths given on the command line or in the environment are relative to
   * @throws NightdeskException with the exit code of a usage error, naming the setting
   */
  static NightdeskConfig of(Settings settings, Path folder) {
    try {
      return read(settings, folder);
    } catch (ContractViolation | DateTimeException | IllegalArgumentException e) {
      throw NightdeskException.usage("The configuration is wrong. " + e.getMessage());
    }
  }

  private static NightdeskConfig read(Settings settings, Path folder) {
    YamlNode root = settings.root();
    double maxRejectedRatio = number(root, "max-rejected-ratio");
    if (maxRejectedRatio < 0 || maxRejectedRatio > 1) {
      throw new IllegalArgumentException(
          "max-rejected-ratio is %s; give a share from 0 to 1.".formatted(maxRejectedRatio));
    }
    YamlNode reporting = root.node("reporting");
    List<SourceConfig> sources = new ArrayList<>();
    YamlNode sourceNodes = root.node("sources");
    for (String name : sourceNodes.keys()) {
      sources.add(source(name, sourceNodes.node(name)));
    }
    Definitions definitions = DefinitionsReader.read(root);
    requireCurrency(definitions.reportingCurrency(), sources);
    return new NightdeskConfig(
        uri(settings, folder, "raw"),
        uri(settings, folder, "warehouse"),
        maxRejectedRatio,
        new ReportingCalendar(
            ZoneId.of(reporting.text("zone")),
            DayOfWeek.valueOf(reporting.text("week-start").toUpperCase(Locale.ROOT)),
            Integer.parseInt(reporting.text("fiscal-year-start-month"))),
        definitions,
        root.flag("keep-message-text") ? MessageText.KEPT : MessageText.DROPPED,
        NightSize.valueOf(root.text("night-size").toUpperCase(Locale.ROOT)),
        NightScope.valueOf(root.text("night-scope").toUpperCase(Locale.ROOT)),
        leaseTimes(root.node("lease")),
        root.texts("extra-breakdowns"),
        volumeLimits(root.node("volume-limits")),
        hadoop(root.node("hadoop")),
        sources);
  }

  /**
   * Whoever may read the configuration may not read secrets: the providers of a store know them.
   */
  private static Map<String, String> hadoop(YamlNode node) {
    Map<String, String> hadoop = new TreeMap<>();
    for (String key : node.keys()) {
      if (SECRET.matcher(key).find()) {
        throw new IllegalArgumentException(
            "hadoop has the key %s, which is a credential. Take it out, and give it to the store's own provider: the environment (AWS_ACCESS_KEY_ID, …), a profile, or the role of the machine."
                .formatted(key));
      }
      hadoop.put(key, node.text(key));
    }
    return hadoop;
  }

  private static VolumeAudit.Limits volumeLimits(YamlNode node) {
    node.knowing(Set.of("nights", "min-records", "drop", "rise"));
    return new VolumeAudit.Limits(
        (int) number(node, "nights"),
        (long) number(node, "min-records"),
        number(node, "drop"),
        number(node, "rise"));
  }

  private static LeaseTimes leaseTimes(YamlNode lease) {
    return new LeaseTimes(
        Duration.parse(lease.text("heartbeat")), Duration.parse(lease.text("timeout")));
  }

  /** Every raw entity that some source delivers. */
  Set<String> deliveredEntities() {
    Set<String> entities = new LinkedHashSet<>();
    sources.forEach(source -> entities.addAll(stagedEntities(source)));
    return entities;
  }

  private static Set<String> stagedEntities(SourceConfig source) {
    Set<String> entities = new LinkedHashSet<>();
    for (String entity : source.entities().keySet()) {
      entities.addAll(RawContract.of(source.type(), entity).mappings().keySet());
    }
    return entities;
  }

  /** Money of several currencies is never pooled, so whoever has orders says which one counts. */
  private static void requireCurrency(String currency, List<SourceConfig> sources) {
    if (!currency.isEmpty()) {
      requireIso4217(currency);
      return;
    }
    for (SourceConfig source : sources) {
      if (stagedEntities(source).contains("order")) {
        throw new IllegalArgumentException(
            "The source %s delivers orders, but reporting.currency is empty. Give the ISO 4217 code of the money that the wide tables show, for example `reporting: {currency: EUR}`."
                .formatted(source.name()));
      }
    }
  }

  private static void requireIso4217(String currency) {
    try {
      Currency.getInstance(currency);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "reporting.currency is %s, which is no ISO 4217 code. Give one in upper case, for example EUR."
              .formatted(currency),
          e);
    }
  }

  private static SourceConfig source(String name, YamlNode node) {
    if (!name.matches("[a-z][a-z0-9_]{0,62}")) {
      throw new IllegalArgumentException(
          "The source `%s` has a name that is no identifier; use a-z, 0-9 and _.".formatted(name));
    }
    node.knowing(SOURCE_KEYS);
    String type = node.text("type");
    if (!RawContract.sourceTypes().contains(type)) {
      throw new IllegalArgumentException(
          "The source %s has the type %s; there are %s."
              .formatted(name, type, RawContract.sourceTypes()));
    }
    Map<String, SourceConfig.Supply> entities = new LinkedHashMap<>();
    YamlNode entityNodes = node.node("entities");
    Map<String, List<String>> declared = new LinkedHashMap<>();
    for (String entity : entityNodes.keys()) {
      RawContract contract = RawContract.of(type, entity);
      if (contract.mappings().isEmpty()) {
        throw new IllegalArgumentException(
            "The source %s promises the entity %s, which has a contract but is not loaded. Take it out."
                .formatted(name, entity));
      }
      declared.putAll(contract.options());
      YamlNode entityNode = entityNodes.node(entity).knowing(ENTITY_KEYS);
      entities.put(
          entity,
          new SourceConfig.Supply(
              entityNode.flag("optional")
                  ? SourceConfig.Promise.OPTIONAL
                  : SourceConfig.Promise.EVERY_DATE,
              folder(name, entityNode.textOr("folder", entity)),
              entityNode.has("stream") ? List.of(entityNode.text("stream")) : List.of()));
    }
    if (entities.isEmpty()) {
      throw new IllegalArgumentException(
          "The source %s names no entities; there are %s."
              .formatted(name, RawContract.entities(type)));
    }
    YamlNode options = node.node("options");
    requireColumnsOfFields(name, type, entities.keySet(), options.textMap("columns"));
    Set<String> known = new LinkedHashSet<>(FORMAT_OPTIONS);
    known.addAll(declared.keySet());
    options.knowing(known);
    String delimiter = options.textOr("delimiter", ",");
    if (delimiter.length() != 1) {
      throw new IllegalArgumentException(
          "The source %s has the delimiter `%s`; give one character.".formatted(name, delimiter));
    }
    return new SourceConfig(
        name,
        type,
        entities,
        TextForms.of(
            options.has("time-zone") ? ZoneId.of(options.text("time-zone")) : null,
            options.texts("instant-formats"),
            options.flag("decimal-comma"),
            options.textOr("duration-unit", "seconds")),
        delimiter.charAt(0),
        options.textMap("columns"),
        mappingOptions(options, declared));
  }

  /** A misspelt field, or a column that two fields want, would leave a field empty in silence. */
  private static void requireColumnsOfFields(
      String source, String type, Set<String> entities, Map<String, String> columns) {
    Set<String> fields = new LinkedHashSet<>();
    for (String entity : entities) {
      Map<String, String> fieldOfColumn = new LinkedHashMap<>();
      for (RawField field : RawContract.of(type, entity).fields()) {
        fields.add(field.name());
        String column = columns.get(field.name());
        String other = column == null ? null : fieldOfColumn.put(column, field.name());
        if (other != null) {
          throw new IllegalArgumentException(
              "The source %s has `options: columns` that give `%s` to %s and to %s. Give it to one."
                  .formatted(source, column, other, field.name()));
        }
      }
    }
    for (String field : columns.keySet()) {
      if (!fields.contains(field)) {
        throw new IllegalArgumentException(
            "The source %s has `options: columns` with `%s`, which is no field of %s; there are %s."
                .formatted(source, field, entities, fields));
      }
    }
  }

  /** A folder beside that of the other entities: it must not lead out of the source's. */
  private static String folder(String source, String folder) {
    if (!folder.matches("[A-Za-z0-9_][A-Za-z0-9_.-]*")) {
      throw new IllegalArgumentException(
          "The source %s has an entity in the folder `%s`; give the name of one folder, of letters, digits, _, - and dots."
              .formatted(source, folder));
    }
    return folder;
  }

  /**
   * A list of maps gives a text per entry and column; a map gives the texts under each column's
   * name.
   */
  private static Map<String, List<String>> mappingOptions(
      YamlNode options, Map<String, List<String>> declared) {
    Map<String, List<String>> values = new LinkedHashMap<>();
    declared.forEach(
        (option, columns) -> {
          if (!options.has(option)) {
            return;
          }
          for (String column : columns) {
            values.put(option + "_" + column, optionTexts(options, option, column));
          }
        });
    return values;
  }

  private static List<String> optionTexts(YamlNode options, String option, String column) {
    if (options.isList(option)) {
      List<String> texts = new ArrayList<>();
      options.nodes(option).forEach(entry -> texts.add(entry.textOr(column, null)));
      return texts;
    }
    YamlNode map = options.node(option);
    return map.isList(column) || !map.has(column) ? map.texts(column) : List.of(map.text(column));
  }

  private static double number(YamlNode node, String key) {
    try {
      return Double.parseDouble(node.text(key));
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(
          "%s is %s; give a number.".formatted(key, node.text(key)), e);
    }
  }

  /** A path of the file is relative to the file, any other to where the command was given. */
  private static String uri(Settings settings, Path folder, String key) {
    String value = settings.root().text(key);
    if (value.matches("[a-zA-Z][a-zA-Z0-9+.-]+:.*")) {
      return value;
    }
    boolean isOfFile =
        settings.file() != null
            && settings.origin(key).equals(settings.file().getFileName().toString());
    Path base = isOfFile ? settings.file().toAbsolutePath().getParent() : folder;
    String uri = base.resolve(value).normalize().toUri().toString();
    return uri.endsWith("/") ? uri.substring(0, uri.length() - 1) : uri;
  }
}
