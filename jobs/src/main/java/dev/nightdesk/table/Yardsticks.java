package dev.nightdesk.table;

import java.io.Serializable;
import java.time.LocalDate;
import java.util.List;

/**
 * What numbers are held against: data of the configuration, each with the days on which it holds.
 *
 * @param rankMinCount fewest observations of an agent in a period to be ranked
 * @param newTypeWarmUpDays days after the first ticket of all in which no ticket type counts as new
 * @param unusedMacroDays days without use after which a macro is called unused
 * @param serviceLevelMinCount fewest observations behind a service level's part
 * @param serviceLevels cut-points of the service levels
 * @param alertRules when a figure of a day is alarming
 * @param targets goals
 */
public record Yardsticks(
    int rankMinCount,
    int newTypeWarmUpDays,
    int unusedMacroDays,
    int serviceLevelMinCount,
    List<ServiceLevel> serviceLevels,
    List<AlertRule> alertRules,
    List<Target> targets)
    implements Serializable {

  /**
   * The cut-points of one KPI for the channels of a group.
   *
   * @param channelGroup email, social or live; channels of no group are measured like email
   * @param kpi name of the KPI
   * @param validFrom first local day of the periods for which it holds, until the next one of the
   *     same group and KPI
   * @param limits of 5, 4, 3 and 2 points, in this order; a value within none has 1 point
   */
  public record ServiceLevel(
      String channelGroup, String kpi, LocalDate validFrom, List<Limit> limits)
      implements Serializable {

    public ServiceLevel {
      limits = List.copyOf(limits);
      if (limits.size() != 4) {
        throw new IllegalArgumentException(
            "The service level of %s and %s has %d limits; give four, of 5, 4, 3 and 2 points."
                .formatted(channelGroup, kpi, limits.size()));
      }
    }
  }

  /**
   * A cut-point.
   *
   * @param comparison one of {@code <}, {@code <=}, {@code >}, {@code >=}
   * @param value what a value is compared with, in the KPI's unit
   */
  public record Limit(String comparison, double value) implements Serializable {}

  /**
   * When a KPI of a day is alarming: both against the day before and against the median of the same
   * weekday of the weeks before.
   *
   * @param kpi name of the KPI
   * @param bad the direction that alarms
   * @param minCount fewest observations on every side
   * @param relativeChange least share of the baseline
   * @param absoluteChange least difference, in the KPI's unit
   * @param weekCount how many weeks the median is of
   * @param validFrom first local day for which it holds, until the next one of the same KPI
   */
  public record AlertRule(
      String kpi,
      Direction bad,
      long minCount,
      double relativeChange,
      double absoluteChange,
      int weekCount,
      LocalDate validFrom)
      implements Serializable {}

  /** A direction. */
  public enum Direction {
    HIGHER,
    LOWER
  }

  /**
   * A goal.
   *
   * @param kpi name of the KPI
   * @param grain code of the grain of days
   * @param breakdown code of the breakdown
   * @param member the member; null: a goal of every member
   * @param comparison whether the value is the most or the least
   * @param value in the KPI's unit
   * @param validFrom first local day of the periods for which it holds
   * @param validTo last such day; null: until further notice
   */
  public record Target(
      String kpi,
      String grain,
      String breakdown,
      String member,
      Comparison comparison,
      double value,
      LocalDate validFrom,
      LocalDate validTo)
      implements Serializable {}

  /** How a value is compared with a goal. */
  public enum Comparison {
    AT_MOST,
    AT_LEAST
  }

  public Yardsticks {
    serviceLevels = List.copyOf(serviceLevels);
    alertRules = List.copyOf(alertRules);
    targets = List.copyOf(targets);
  }
}
