package dev.nightdesk.kpi;

import java.util.List;
import org.apache.spark.sql.types.DataType;

/**
 * A column of the cells: what the contributions of a topic add up to.
 *
 * @param name its name, unique over all topics
 * @param topic the topic that folds it
 * @param fold how
 * @param value SQL over a contribution: what is added, counted once, or distributed; empty for a
 *     count
 * @param where SQL over a contribution: which ones take part; empty for all
 * @param type type of sums
 * @param description what it is
 */
public record Measure(
    String name,
    String topic,
    Fold fold,
    String value,
    String where,
    DataType type,
    String description) {

  /** The names that formulas may use for it. */
  public List<String> parts() {
    return fold == Fold.DISTRIBUTION ? List.of(sum(), count()) : List.of(name);
  }

  String sum() {
    return name + "_sum";
  }

  String count() {
    return name + "_count";
  }

  String histogram() {
    return name + "_histogram";
  }
}
