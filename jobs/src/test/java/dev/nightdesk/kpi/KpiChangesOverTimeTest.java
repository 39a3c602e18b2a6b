package dev.nightdesk.kpi;

import static dev.nightdesk.kpi.Visit.visit;
import static org.assertj.core.api.Assertions.assertThat;

import dev.nightdesk.SparkTestBase;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * A night that moves what lasts longer than a visit: the days between a host's first and last,
 * levels, periods that end and what is asked of whole periods.
 *
 * <p>February and March 2026 in UTC; the second of both is a Monday.
 */
class KpiChangesOverTimeTest extends SparkTestBase {

  @Test
  void aLateVisitFillsTheDaysSinceTheLastWithZeros() {
    VisitNight.Changed changed =
        VisitNight.of(
                visit("a", "03-01T10:00").host("ann"),
                visit("b", "03-01T10:00"),
                visit("c", "03-05T10:00"))
            .then(
                visit("a", "03-01T10:00").host("ann"),
                visit("b", "03-01T10:00"),
                visit("c", "03-05T10:00"),
                visit("d", "03-04T10:00").host("ann"))
            .touching("d")
            .changes(VisitTopics.COUNT);

    assertThat(changed.day("kpi_by_agent", "agent_key", "visit_count"))
        .containsEntry("03-02 ann", "0")
        .containsEntry("03-03 ann", "0")
        .containsEntry("03-04 ann", "1")
        .doesNotContainKey("03-05 ann");
  }

  @Test
  void aChangeOfALevelLongAgoMovesEveryLevelSince() {
    VisitNight.Changed changed =
        VisitNight.of(visit("a", "03-02T10:00"), visit("b", "03-04T11:00"))
            .then(
                visit("a", "03-02T10:00"),
                visit("b", "03-04T11:00"),
                visit("c", "03-02T09:00"),
                visit("d", "03-02T12:00").change(2))
            .touching("c", "d")
            .changes(VisitTopics.INSIDE);

    assertThat(changed.day("kpi_overall", null, "inside_count"))
        .isEqualTo(Map.of("03-02", "4", "03-03", "4", "03-04", "5", "03-05", "5"));
    assertThat(changed.values("kpi_overall", "hour", null, "inside_count", 16))
        .containsEntry("03-02 10:00:00", "2")
        .containsEntry("03-04 11:00:00", "5");
  }

  @Test
  void aVisitThatMovesWithinItsDayMovesTheHoursBetween() {
    VisitNight.Changed changed =
        VisitNight.of(
                visit("a", "03-03T08:00"),
                visit("b", "03-03T12:00"),
                visit("c", "03-03T15:00"),
                visit("d", "03-04T11:00"))
            .then(
                visit("a", "03-03T14:00"),
                visit("b", "03-03T12:00"),
                visit("c", "03-03T15:00"),
                visit("d", "03-04T11:00"))
            .touching("a")
            .changes(VisitTopics.INSIDE);

    assertThat(changed.values("kpi_overall", "hour", null, "inside_count", 16))
        .isEqualTo(
            Map.of(
                "03-03 12:00:00",
                "1",
                "03-03 14:00:00",
                "2",
                "03-03 15:00:00",
                "3",
                "03-04 11:00:00",
                "4"));
    assertThat(changed.replacements().get("kpi_overall").keys().filter("grain_code = 'day'"))
        .as("and no day but its own")
        .satisfies(days -> assertThat(days.count()).isEqualTo(1));
  }

  @Test
  void timeAloneMakesVisitsMature() {
    VisitNight.Changed changed =
        VisitNight.of(
                visit("a", "03-28T10:00").matures("04-01T00:00"),
                visit("b", "03-28T11:00").matures("04-09T00:00"))
            .touching("a")
            .from("2026-03-30")
            .until("2026-04-02")
            .changes(VisitTopics.MATURE);

    assertThat(changed.day("kpi_overall", null, "mature_count"))
        .isEqualTo(
            Map.of(
                "03-28", "1", "03-29", "0", "03-30", "0", "03-31", "0", "04-01", "0", "04-02",
                "0"));
  }

  @Test
  void timeAloneCompletesPeriodsOfHostsWhoAreGone() {
    VisitNight.Changed changed =
        VisitNight.of(visit("a", "03-28T10:00").host("ann"), visit("b", "03-28T11:00"))
            .touching()
            .from("2026-03-30")
            .until("2026-04-02")
            .changes(VisitTopics.OF_HOSTS, VisitTopics.RANK);

    assertThat(changed.values("kpi_by_agent", "month", "agent_key", "place", 10))
        .as("places in a month that is complete now")
        .isEqualTo(Map.of("03-01 ann", "1", "03-01 ben", "1"));
  }

  @Test
  void thePeriodTopicIsAskedAnew() {
    VisitNight.Changed changed =
        VisitNight.of(
                visit("a", "03-03T10:00").person("p").stays(5),
                visit("b", "03-04T10:00").person("p").stays(7))
            .then(
                visit("a", "03-03T10:00").person("p").stays(6),
                visit("b", "03-04T10:00").person("p").stays(7))
            .touching("a")
            .changes(VisitTopics.COUNT, VisitTopics.LATEST);

    assertThat(changed.day("kpi_overall", null, "latest_seconds"))
        .isEqualTo(Map.of("03-03", "6", "03-04", "7", "03-05", "0"));
    assertThat(changed.values("kpi_overall", "week", null, "latest_seconds", 10))
        .isEqualTo(Map.of("03-02", "7"));
    assertThat(changed.replacements().get(KpiEngine.PART).keys().collectAsList())
        .as("the latest of the week stays the latest")
        .extracting(row -> row.get(0) + " " + row.get(1))
        .containsExactly("day 2026-03-03 00:00:00.0");
  }
}
