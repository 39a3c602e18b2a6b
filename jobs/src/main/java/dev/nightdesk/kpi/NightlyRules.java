package dev.nightdesk.kpi;

import dev.nightdesk.contract.ContractViolation;
import dev.nightdesk.kpi.Topic.Kind;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.spark.sql.types.ByteType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DecimalType;
import org.apache.spark.sql.types.IntegerType;
import org.apache.spark.sql.types.LongType;
import org.apache.spark.sql.types.ShortType;

/**
 * What a pair must keep to, so that a night that asks it about touched units only finds what asking
 * about all would find. Refuses what the text of a pair betrays.
 */
final class NightlyRules {

  private static final Pattern UNION =
      Pattern.compile("\\bUNION\\s+ALL\\b", Pattern.CASE_INSENSITIVE);
  private static final Pattern ACROSS_ROWS =
      Pattern.compile("\\bOVER\\s*\\(|\\bGROUP\\s+BY\\b|\\bLIMIT\\b", Pattern.CASE_INSENSITIVE);
  private static final Pattern AS_OF = Pattern.compile(":as_of\\b");
  private static final Pattern INSTANT_AND_AS_OF =
      Pattern.compile("\\b\\w+_at\\s*(?:<=?|>=?)\\s*:as_of\\b");
  private static final Pattern FACTS_BY_KEY =
      Pattern.compile(
          "USING\\s*\\(\\s*\\w+_key\\s*\\)|\\bfact_\\w+\\.(\\w+_key)\\s*=\\s*fact_\\w+\\.\\1\\b",
          Pattern.CASE_INSENSITIVE);

  private NightlyRules() {}

  /**
   * Checks a pair.
   *
   * @param place its YAML, for errors
   * @throws ContractViolation naming the rule and its reason
   */
  static void require(String place, Topic topic) {
    topic.measures().forEach(measure -> requireExact(place, topic, measure));
    String sql = SqlText.withoutComments(topic.sql());
    if (topic.kind() == Kind.CONTRIBUTIONS) {
      requireRowByRow(topic, sql);
      requireFactsByKey(topic, sql);
      requireInstants(topic, sql);
    }
    if (topic.kind() == Kind.DERIVED
        && topic.sources().stream().anyMatch(source -> source.startsWith("fact_"))) {
      throw new ContractViolation(
          "%s reads %s. A derived topic sees KPIs of one period and dims: make it a topic of kind period."
              .formatted(topic.sqlFile(), topic.sources()));
    }
  }

  private static void requireExact(String place, Topic topic, Measure measure) {
    if (topic.kind() == Kind.PERIOD && measure.fold() == Fold.RUNNING) {
      throw new ContractViolation(
          "%s: %s is `running`, but a period topic says all of a period. Write `fold: sum`."
              .formatted(place, measure.name()));
    }
    if (topic.kind() != Kind.DERIVED && !isExact(measure.type())) {
      throw new ContractViolation(
          "%s: %s is of the type %s. Sums of it depend on their order: write bigint or a decimal."
              .formatted(place, measure.name(), measure.type().sql()));
    }
  }

  private static boolean isExact(DataType type) {
    return type instanceof ByteType
        || type instanceof ShortType
        || type instanceof IntegerType
        || type instanceof LongType
        || type instanceof DecimalType;
  }

  private static void requireRowByRow(Topic topic, String sql) {
    Matcher across = ACROSS_ROWS.matcher(sql);
    if (across.find()) {
      throw new ContractViolation(
          "%s has `%s`, but contributions are asked for of some tickets alone. Let the fact have a column that says it."
              .formatted(topic.sqlFile(), across.group()));
    }
  }

  private static void requireFactsByKey(Topic topic, String sql) {
    for (String branch : UNION.split(sql)) {
      List<String> facts =
          SqlText.tables(branch).stream().filter(table -> table.startsWith("fact_")).toList();
      if (facts.size() > 1 && !FACTS_BY_KEY.matcher(branch).find()) {
        throw new ContractViolation(
            "%s joins %s by another column than the key of their unit. Rows of other tickets are not there when it is asked."
                .formatted(topic.sqlFile(), facts));
      }
    }
  }

  private static void requireInstants(Topic topic, String sql) {
    long all = AS_OF.matcher(sql).results().count();
    long compared = INSTANT_AND_AS_OF.matcher(sql).results().count();
    if (all > compared) {
      throw new ContractViolation(
          "%s uses :as_of otherwise than `some_at < :as_of`. Only instants in columns tell which rows time changes: let the fact have the instant."
              .formatted(topic.sqlFile()));
    }
  }
}
