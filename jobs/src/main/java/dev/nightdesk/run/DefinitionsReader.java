package dev.nightdesk.run;

import dev.nightdesk.contract.YamlNode;
import dev.nightdesk.table.Definitions;
import dev.nightdesk.table.Definitions.HandleTime;
import dev.nightdesk.table.Definitions.Identity;
import dev.nightdesk.table.Definitions.Windows;
import dev.nightdesk.table.Yardsticks;
import dev.nightdesk.table.Yardsticks.AlertRule;
import dev.nightdesk.table.Yardsticks.Comparison;
import dev.nightdesk.table.Yardsticks.Direction;
import dev.nightdesk.table.Yardsticks.Limit;
import dev.nightdesk.table.Yardsticks.ServiceLevel;
import dev.nightdesk.table.Yardsticks.Target;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The definitions of the configuration; every error names the place. */
final class DefinitionsReader {

  private static final Pattern LIMIT = Pattern.compile("(<=?|>=?)\\s*(-?\\d+(?:\\.\\d+)?)");

  private DefinitionsReader() {}

  /**
   * Reads {@code definitions}, {@code yardsticks} and what belongs to them.
   *
   * @param root the whole configuration
   * @throws IllegalArgumentException naming the setting that cannot be read
   */
  static Definitions read(YamlNode root) {
    YamlNode node = root.node("definitions");
    node.knowing(
        Set.of(
            "csat-cut-points",
            "default-sla-minutes",
            "channel-groups",
            "bots",
            "windows",
            "handle-time",
            "sentiment-language",
            "phone-region"));
    Map<String, Double> cutPoints = new LinkedHashMap<>();
    node.textMap("csat-cut-points")
        .forEach((scale, score) -> cutPoints.put(scale, Double.valueOf(score)));
    Map<String, Duration> targets = new LinkedHashMap<>();
    node.textMap("default-sla-minutes")
        .forEach(
            (group, minutes) -> targets.put(group, Duration.ofMinutes(Long.parseLong(minutes))));
    return new Definitions(
        cutPoints,
        targets,
        node.textMap("channel-groups"),
        Set.copyOf(node.texts("bots")),
        windows(node.node("windows")),
        oneOf(HandleTime.class, node, "handle-time"),
        root.node("reporting").textOr("currency", ""),
        node.textOr("sentiment-language", ""),
        new Identity(root.textOr("hash-salt", ""), node.textOr("phone-region", "")),
        yardsticks(root.node("yardsticks")));
  }

  private static Windows windows(YamlNode node) {
    node.knowing(
        Set.of(
            "first-contact",
            "conversion",
            "automation",
            "self-service",
            "retention",
            "short-abandonment"));
    return new Windows(
        duration(node, "first-contact"),
        duration(node, "conversion"),
        duration(node, "automation"),
        duration(node, "self-service"),
        duration(node, "retention"),
        duration(node, "short-abandonment"));
  }

  private static Yardsticks yardsticks(YamlNode node) {
    node.knowing(
        Set.of(
            "rank-min-count",
            "new-type-warm-up-days",
            "unused-macro-days",
            "service-level-min-count",
            "service-levels",
            "alerts",
            "targets"));
    YamlNode alerts =
        node.node("alerts").knowing(Set.of("min-count", "relative-change", "week-count", "rules"));
    return new Yardsticks(
        integer(node, "rank-min-count"),
        integer(node, "new-type-warm-up-days"),
        integer(node, "unused-macro-days"),
        integer(node, "service-level-min-count"),
        node.nodes("service-levels").stream().map(DefinitionsReader::serviceLevel).toList(),
        alerts.nodes("rules").stream().map(rule -> alertRule(rule, alerts)).toList(),
        node.nodes("targets").stream().map(DefinitionsReader::target).toList());
  }

  private static ServiceLevel serviceLevel(YamlNode node) {
    node.knowing(Set.of("channel-group", "kpi", "valid-from", "limits"));
    List<Limit> limits = new ArrayList<>();
    for (String text : node.texts("limits")) {
      Matcher matcher = LIMIT.matcher(text.strip());
      if (!matcher.matches()) {
        throw new IllegalArgumentException(
            "%s: `limits` has %s. Write a comparison, for example <= 3600."
                .formatted(node.place(), text));
      }
      limits.add(new Limit(matcher.group(1), Double.parseDouble(matcher.group(2))));
    }
    return new ServiceLevel(
        node.text("channel-group"), node.text("kpi"), date(node, "valid-from"), limits);
  }

  /** What a rule leaves out, it has from the rules' common values. */
  private static AlertRule alertRule(YamlNode node, YamlNode common) {
    node.knowing(
        Set.of(
            "kpi",
            "bad",
            "min-count",
            "relative-change",
            "absolute-change",
            "week-count",
            "valid-from"));
    return new AlertRule(
        node.text("kpi"),
        oneOf(Direction.class, node, "bad"),
        integer(node.has("min-count") ? node : common, "min-count"),
        number(node.has("relative-change") ? node : common, "relative-change"),
        number(node, "absolute-change"),
        integer(node.has("week-count") ? node : common, "week-count"),
        node.has("valid-from") ? date(node, "valid-from") : LocalDate.EPOCH);
  }

  private static Target target(YamlNode node) {
    node.knowing(
        Set.of(
            "kpi",
            "grain",
            "breakdown",
            "member",
            "at-most",
            "at-least",
            "valid-from",
            "valid-to"));
    if (node.has("at-most") == node.has("at-least")) {
      throw new IllegalArgumentException(
          "%s needs one of `at-most` and `at-least`.".formatted(node.place()));
    }
    String breakdown = node.textOr("breakdown", "all");
    return new Target(
        node.text("kpi"),
        node.text("grain"),
        breakdown,
        breakdown.equals("all") ? "all" : node.textOr("member", null),
        node.has("at-most") ? Comparison.AT_MOST : Comparison.AT_LEAST,
        number(node, node.has("at-most") ? "at-most" : "at-least"),
        node.has("valid-from") ? date(node, "valid-from") : LocalDate.EPOCH,
        node.has("valid-to") ? date(node, "valid-to") : null);
  }

  private static Duration duration(YamlNode node, String key) {
    try {
      return Duration.parse(node.text(key));
    } catch (DateTimeException e) {
      throw new IllegalArgumentException(
          "%s: `%s` is %s. Write an ISO 8601 duration, for example P7D or PT72H."
              .formatted(node.place(), key, node.text(key)),
          e);
    }
  }

  private static LocalDate date(YamlNode node, String key) {
    try {
      return LocalDate.parse(node.text(key));
    } catch (DateTimeException e) {
      throw new IllegalArgumentException(
          "%s: `%s` is %s. Write a day, for example 2026-01-31."
              .formatted(node.place(), key, node.text(key)),
          e);
    }
  }

  private static int integer(YamlNode node, String key) {
    try {
      return Integer.parseInt(node.text(key));
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(
          "%s: `%s` is %s. Write a whole number.".formatted(node.place(), key, node.text(key)), e);
    }
  }

  private static double number(YamlNode node, String key) {
    try {
      return Double.parseDouble(node.text(key));
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(
          "%s: `%s` is %s. Write a number.".formatted(node.place(), key, node.text(key)), e);
    }
  }

  private static <E extends Enum<E>> E oneOf(Class<E> type, YamlNode node, String key) {
    String text = node.text(key);
    return Arrays.stream(type.getEnumConstants())
        .filter(constant -> word(constant).equals(text))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "%s: `%s` is %s. Write one of %s."
                        .formatted(
                            node.place(),
                            key,
                            text,
                            Arrays.stream(type.getEnumConstants())
                                .map(DefinitionsReader::word)
                                .toList())));
  }

  private static String word(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
