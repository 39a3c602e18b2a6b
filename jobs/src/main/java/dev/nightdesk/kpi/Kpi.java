package dev.nightdesk.kpi;

import dev.nightdesk.contract.ColumnChecks.Range;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.spark.sql.types.DataType;

/**
 * A published number.
 *
 * @param name the column
 * @param topic the topic that defines it
 * @param section the chapter of the catalogue: Volume, Speed, Quality, Automation, Commerce, Agents
 * @param title a short title
 * @param question the question that it answers
 * @param unit of the value
 * @param good the direction that is better
 * @param attribution the event on whose day it counts
 * @param agent whom it credits
 * @param formula how the value comes of the measures
 * @param type of the value
 * @param grains in which it exists
 * @param breakdowns codes of those in which it exists; empty for all configured
 * @param caveats what a reader must know; empty if nothing
 * @param measures names of the measures that the formula uses
 * @param needs raw entities without which it is NULL everywhere
 * @param range what its values may be
 */
public record Kpi(
    String name,
    String topic,
    String section,
    String title,
    String question,
    String unit,
    Good good,
    String attribution,
    String agent,
    Formula formula,
    DataType type,
    List<Grain> grains,
    List<String> breakdowns,
    String caveats,
    Set<String> measures,
    Set<String> needs,
    Range range) {

  /** Which direction is better. */
  public enum Good {
    HIGHER,
    LOWER,
    NEUTRAL;

    /** The direction as pairs write it. */
    public String code() {
      return name().toLowerCase(java.util.Locale.ROOT);
    }
  }

  /** The unit of amounts: their currency. */
  static final String CURRENCY = "currency";

  /** Whether its values are amounts of money, each of one currency. */
  public boolean isMoney() {
    return unit.equals(CURRENCY);
  }

  /** Whether a breakdown has it. */
  public boolean isIn(Breakdown breakdown) {
    return (breakdowns.isEmpty() || breakdowns.contains(breakdown.code()))
        && grains.stream().anyMatch(breakdown.grains()::contains);
  }

  /**
   * How a value comes of the parts of its cell: numerator, or times · numerator ÷ denominator, or a
   * percentile.
   *
   * @param numerator SQL over parts; empty for a percentile
   * @param denominator SQL over parts; absent if nothing is divided
   * @param times factor of the quotient
   * @param percentile share of a percentile of {@code distribution}
   * @param distribution the measure whose percentile it is; empty otherwise
   */
  public record Formula(
      String numerator,
      Optional<String> denominator,
      double times,
      Optional<Double> percentile,
      String distribution) {

    /** The formula for people. */
    public String text() {
      if (percentile.isPresent()) {
        return "p%.0f of %s".formatted(percentile.get() * 100, distribution);
      }
      if (denominator.isEmpty()) {
        return numerator;
      }
      String factor =
          times == 1 ? "" : (times == Math.rint(times) ? "%.0f" : "%s").formatted(times) + " × ";
      return factor + operand(numerator) + " ÷ " + operand(denominator.get());
    }

    private static String operand(String sql) {
      return sql.matches("\\w+") ? sql : "(" + sql + ")";
    }
  }
}
