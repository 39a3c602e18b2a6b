package dev.nightdesk.kpi;

import dev.nightdesk.contract.Catalogue;
import dev.nightdesk.contract.ColumnChecks.Range;
import dev.nightdesk.contract.ContractViolation;
import dev.nightdesk.contract.Contracts;
import dev.nightdesk.contract.YamlNode;
import dev.nightdesk.kpi.Kpi.Formula;
import dev.nightdesk.kpi.Kpi.Good;
import dev.nightdesk.kpi.Topic.Kind;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.spark.sql.types.DataType;

/**
 * Turns pairs into topics. Every error names the file and the place.
 *
 * <p>A formula may use the measures of any topic, so all pairs are read together.
 */
final class PairReader {

  private static final Set<String> TOPIC_KEYS =
      Set.of(
          "title",
          "section",
          "description",
          "kind",
          "needs",
          "grains",
          "breakdowns",
          "attribution",
          "agent",
          "currency",
          "measures",
          "kpis");
  private static final Set<String> TABLE_KEYS =
      Set.of(
          "title", "section", "description", "kind", "needs", "grain", "key", "owner", "columns");
  private static final Set<String> MEASURE_KEYS =
      Set.of("fold", "value", "where", "type", "description");
  private static final Set<String> KPI_KEYS =
      Set.of(
          "title",
          "question",
          "unit",
          "good",
          "attribution",
          "agent",
          "numerator",
          "denominator",
          "times",
          "percentile",
          "type",
          "needs",
          "grains",
          "breakdowns",
          "caveats",
          "unbounded");

  /** The type of amounts. */
  private static final String MONEY = "decimal(19,4)";

  /** Measures by name, with the topic's needs. */
  private final Map<String, Measure> measures = new LinkedHashMap<>();

  private final Map<String, Set<String>> needsByTopic = new LinkedHashMap<>();

  private final Set<String> moneyTopics = new LinkedHashSet<>();

  private PairReader() {}

  static List<Topic> read(List<Pair> pairs) {
    PairReader reader = new PairReader();
    Map<Pair, YamlNode> roots = new LinkedHashMap<>();
    for (Pair pair : pairs) {
      String file = "schemas/kpi/" + pair.topic() + ".yaml";
      YamlNode root = new YamlNode(file, Catalogue.parseYaml(file, pair.yaml()));
      boolean isTable = oneOf(Kind.class, root, "kind") == Kind.TABLE;
      root.knowing(isTable ? TABLE_KEYS : TOPIC_KEYS);
      roots.put(pair, root);
      reader.needsByTopic.put(pair.topic(), new LinkedHashSet<>(root.texts("needs")));
      if (root.has("currency")) {
        reader.moneyTopics.add(pair.topic());
      }
      reader.readMeasures(pair.topic(), root);
    }
    List<Topic> topics = new ArrayList<>();
    Set<String> kpis = new LinkedHashSet<>();
    for (Map.Entry<Pair, YamlNode> root : roots.entrySet()) {
      Topic topic = reader.topic(root.getKey(), root.getValue());
      NightlyRules.require(root.getValue().place(), topic);
      topics.add(topic);
      for (Kpi kpi : topic.kpis()) {
        if (!kpis.add(kpi.name())) {
          throw new ContractViolation(
              "%s: kpis names %s, which another pair has. Rename one."
                  .formatted(root.getValue().place(), kpi.name()));
        }
      }
    }
    return topics;
  }

  private void readMeasures(String topic, YamlNode root) {
    YamlNode nodes = root.node("measures");
    for (String name : nodes.keys()) {
      YamlNode node = nodes.node(name).knowing(MEASURE_KEYS);
      Fold fold = oneOf(Fold.class, node, "fold");
      String value = node.textOr("value", fold == Fold.COUNT ? "" : name);
      if (fold == Fold.COUNT && !value.isEmpty()) {
        throw new ContractViolation(
            "%s counts rows and needs no `value`. Delete it.".formatted(node.place()));
      }
      Measure measure =
          new Measure(
              name,
              topic,
              fold,
              value,
              node.textOr("where", ""),
              type(node, "bigint"),
              node.textOr("description", ""));
      for (String sql : List.of(measure.value(), measure.where())) {
        if (!sql.isEmpty()) {
          SqlText.columns(node.place(), sql);
        }
      }
      Measure known = measures.putIfAbsent(name, measure);
      if (known != null) {
        throw new ContractViolation(
            "%s: the topic %s has a measure of that name, too. Rename one."
                .formatted(node.place(), known.topic()));
      }
    }
  }

  private static Topic table(Pair pair, YamlNode root) {
    if (!pair.topic().startsWith("kpi_")) {
      throw new ContractViolation(
          "%s is of kind table, whose files are named like the table. Call them kpi_%s."
              .formatted(root.place(), pair.topic()));
    }
    Map<String, Object> contract = new LinkedHashMap<>();
    root.keys().forEach(key -> contract.put(key, root.value(key)));
    contract.put("table", pair.topic());
    contract.put("layer", "kpi");
    return new Topic(
        pair.topic(),
        root.text("title"),
        root.text("section"),
        root.text("description"),
        Kind.TABLE,
        pair.sql(),
        Set.copyOf(root.texts("needs")),
        SqlText.tables(pair.sql()),
        Grain.OF_DAYS,
        List.of(),
        Optional.empty(),
        List.of(),
        List.of(),
        Optional.of(Contracts.parse(root.place(), contract)));
  }

  private Topic topic(Pair pair, YamlNode root) {
    if (oneOf(Kind.class, root, "kind") == Kind.TABLE) {
      return table(pair, root);
    }
    List<Grain> grains = grains(root, Grain.OF_DAYS);
    List<Measure> own =
        measures.values().stream().filter(measure -> measure.topic().equals(pair.topic())).toList();
    for (Measure measure : own) {
      if (measure.fold() == Fold.DISTINCT && grains.contains(Grain.HOUR)) {
        throw new ContractViolation(
            "%s: %s counts distinct values, which exist from the day on. Move it to a topic without hour."
                .formatted(root.place(), measure.name()));
      }
    }
    String section = root.text("section");
    List<Kpi> kpis = new ArrayList<>();
    YamlNode nodes = root.node("kpis");
    for (String name : nodes.keys()) {
      kpis.add(kpi(pair.topic(), section, name, nodes.node(name).knowing(KPI_KEYS), root, grains));
    }
    return new Topic(
        pair.topic(),
        root.text("title"),
        section,
        root.text("description"),
        oneOf(Kind.class, root, "kind"),
        pair.sql(),
        Set.copyOf(root.texts("needs")),
        SqlText.tables(pair.sql()),
        grains,
        breakdowns(root, List.of()),
        currency(root, own),
        own,
        kpis,
        Optional.empty());
  }

  private Kpi kpi(
      String topic, String section, String name, YamlNode node, YamlNode root, List<Grain> grains) {
    Formula formula = formula(name, node);
    Set<String> used = used(node, formula);
    boolean isMoney = root.has("currency");
    refuseMixedMoney(topic, node, used, isMoney);
    Set<String> needs = new LinkedHashSet<>(needsByTopic.get(topic));
    needs.addAll(node.texts("needs"));
    used.forEach(measure -> needs.addAll(needsByTopic.get(measures.get(measure).topic())));
    boolean isQuotient = formula.denominator().isPresent() || formula.percentile().isPresent();
    return new Kpi(
        name,
        topic,
        section,
        node.text("title"),
        node.text("question"),
        node.text("unit"),
        oneOf(Good.class, node, "good"),
        node.has("attribution") ? node.text("attribution") : root.text("attribution"),
        node.has("agent") ? node.text("agent") : root.text("agent"),
        formula,
        type(node, isMoney ? MONEY : isQuotient ? "double" : "bigint"),
        grains(node, grains),
        breakdowns(node, root.texts("breakdowns")),
        node.textOr("caveats", ""),
        used,
        needs,
        node.flag("unbounded") ? Range.ANY : Range.NATURAL);
  }

  private static Optional<String> currency(YamlNode root, List<Measure> own) {
    if (!root.has("currency")) {
      return Optional.empty();
    }
    if (!root.text("currency").equals(Contributions.CURRENCY)) {
      throw new ContractViolation(
          "%s: `currency` is %s. Write %s, and let the SQL yield that column."
              .formatted(root.place(), root.text("currency"), Contributions.CURRENCY));
    }
    if (oneOf(Kind.class, root, "kind") == Kind.DERIVED) {
      throw new ContractViolation(
          "%s has `currency`, but rows of kpi_period are of the reporting currency. Delete it."
              .formatted(root.place()));
    }
    for (Measure measure : own) {
      boolean isAmount =
          measure.fold() == Fold.SUM && measure.type().equals(DataType.fromDDL(MONEY));
      if (!isAmount && measure.fold() != Fold.COUNT) {
        throw new ContractViolation(
            "%s: %s is no amount. In a topic with `currency` write `fold: sum, type: %s`, or `fold: count`."
                .formatted(root.place(), measure.name(), MONEY));
      }
    }
    return Optional.of(root.text("currency"));
  }

  /** Amounts of several currencies must neither be added up nor divided by what is of all. */
  private void refuseMixedMoney(String topic, YamlNode node, Set<String> used, boolean isMoney) {
    boolean isUnit = node.text("unit").equals(Kpi.CURRENCY);
    if (isUnit != isMoney) {
      throw new ContractViolation(
          "%s has the unit %s. Write `unit: %s` for every KPI of a topic with `currency`, and for no other."
              .formatted(node.place(), node.text("unit"), Kpi.CURRENCY));
    }
    for (String measure : used) {
      String owner = measures.get(measure).topic();
      boolean isOther = !owner.equals(topic);
      if (isOther && (isMoney || moneyTopics.contains(owner))) {
        throw new ContractViolation(
            "%s uses %s of the topic %s, but amounts exist per currency. Use measures of one topic with `currency` only."
                .formatted(node.place(), measure, owner));
      }
    }
  }

  private Formula formula(String name, YamlNode node) {
    if (node.has("percentile")) {
      YamlNode percentile = node.node("percentile").knowing(Set.of("of", "share"));
      double share = number(percentile, "share");
      if (share <= 0 || share > 1) {
        throw new ContractViolation(
            "%s: `share` is %s. Give more than 0 and at most 1."
                .formatted(percentile.place(), share));
      }
      return new Formula("", Optional.empty(), 1, Optional.of(share), percentile.text("of"));
    }
    return new Formula(
        node.textOr("numerator", name),
        node.has("denominator") ? Optional.of(node.text("denominator")) : Optional.empty(),
        node.has("times") ? number(node, "times") : 1,
        Optional.empty(),
        "");
  }

  private Set<String> used(YamlNode node, Formula formula) {
    Set<String> used = new LinkedHashSet<>();
    if (formula.percentile().isPresent()) {
      Measure measure = measures.get(formula.distribution());
      if (measure == null || measure.fold() != Fold.DISTRIBUTION) {
        throw new ContractViolation(
            "%s is a percentile of %s, which is no distribution. Name a measure that is folded so."
                .formatted(node.place(), formula.distribution()));
      }
      return Set.of(measure.name());
    }
    Map<String, String> measureByPart = new LinkedHashMap<>();
    measures
        .values()
        .forEach(
            measure -> measure.parts().forEach(part -> measureByPart.put(part, measure.name())));
    List<String> formulas = new ArrayList<>(List.of(formula.numerator()));
    formula.denominator().ifPresent(formulas::add);
    for (String sql : formulas) {
      for (String column : SqlText.columns(node.place(), sql)) {
        String measure = measureByPart.get(column);
        if (measure == null) {
          throw new ContractViolation(
              "%s uses %s, which is no measure. There are %s (a distribution has _sum and _count)."
                  .formatted(node.place(), column, measureByPart.keySet()));
        }
        used.add(measure);
      }
    }
    return used;
  }

  private static List<Grain> grains(YamlNode node, List<Grain> fallback) {
    if (!node.has("grains")) {
      return fallback;
    }
    return node.texts("grains").stream()
        .map(text -> oneOf(Grain.class, node, "grains", text))
        .toList();
  }

  private static List<String> breakdowns(YamlNode node, List<String> fallback) {
    if (!node.has("breakdowns")) {
      return fallback;
    }
    List<String> known = Breakdown.KNOWN.stream().map(Breakdown::code).toList();
    for (String code : node.texts("breakdowns")) {
      if (!known.contains(code)) {
        throw new ContractViolation(
            "%s: `breakdowns` has %s. Write some of %s.".formatted(node.place(), code, known));
      }
    }
    return node.texts("breakdowns");
  }

  private static double number(YamlNode node, String key) {
    try {
      return Double.parseDouble(node.text(key));
    } catch (NumberFormatException e) {
      throw new ContractViolation(
          "%s: `%s` is %s. Write a number.".formatted(node.place(), key, node.text(key)), e);
    }
  }

  private static DataType type(YamlNode node, String fallback) {
    String text = node.textOr("type", fallback);
    try {
      return DataType.fromDDL(text);
    } catch (RuntimeException e) {
      throw new ContractViolation(
          "%s: `type` is %s. Write a Spark type, for example decimal(19,4)."
              .formatted(node.place(), text),
          e);
    }
  }

  private static <E extends Enum<E>> E oneOf(Class<E> type, YamlNode node, String key) {
    return oneOf(type, node, key, node.text(key));
  }

  private static <E extends Enum<E>> E oneOf(
      Class<E> type, YamlNode node, String key, String text) {
    return Arrays.stream(type.getEnumConstants())
        .filter(constant -> constant.name().toLowerCase(Locale.ROOT).equals(text))
        .findFirst()
        .orElseThrow(
            () ->
                new ContractViolation(
                    "%s: `%s` is %s. Write one of %s."
                        .formatted(
                            node.place(),
                            key,
                            text,
                            Arrays.toString(type.getEnumConstants()).toLowerCase(Locale.ROOT))));
  }
}
