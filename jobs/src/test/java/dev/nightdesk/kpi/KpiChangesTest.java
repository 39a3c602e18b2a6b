package dev.nightdesk.kpi;

import static dev.nightdesk.kpi.Visit.visit;
import static org.assertj.core.api.Assertions.assertThat;

import dev.nightdesk.SparkTestBase;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * A night that changes what some visits say: the tables of before with what it replaces are those
 * that are computed whole.
 *
 * <p>February and March 2026 in UTC; the second of both is a Monday.
 */
class KpiChangesTest extends SparkTestBase {

  private static VisitNight.Changed ofValues;

  /** A week per rule; all is one night, because whatever it asks is asked at once. */
  @BeforeAll
  static void changeSomeValues() {
    Visit[] same = {
      visit("t2", "02-03T11:00"),
      visit("p2", "02-11T11:00").person("p"),
      visit("n1", "02-17T10:00").person("n"),
      visit("z", "03-05T10:00")
    };
    ofValues =
        VisitNight.of(
                with(
                    same,
                    visit("t1", "02-03T10:00"),
                    visit("p1", "02-10T10:00").person("p"),
                    visit("p3", "02-11T11:00").person("q"),
                    visit("m1", "02-24T10:00").paid("7.50", "USD"),
                    visit("m2", "02-24T11:00").paid("1.00", "EUR"),
                    visit("d1", "03-03T10:00").stays(90),
                    visit("d2", "03-03T11:00").stays(10_000),
                    visit("d3", "03-04T11:00").stays(90),
                    visit("d4", "03-04T11:00").stays(95)))
            .then(
                with(
                    same,
                    visit("t1", "02-03T10:00").type("late"),
                    visit("n2", "02-18T10:00").person("n"),
                    visit("n3", "02-18T10:00").person("new"),
                    visit("m1", "02-24T10:00").paid("7.50", "EUR"),
                    visit("m2", "02-24T11:00").paid("1.00", "CHF"),
                    visit("d1", "03-03T10:00").stays(80),
                    visit("d2", "03-03T11:00").stays(10_001),
                    visit("d3", "03-04T11:00").stays(95),
                    visit("d4", "03-04T11:00").stays(90)))
            .touching("t1", "p1", "p3", "n2", "n3", "m1", "m2", "d1", "d2", "d3", "d4")
            .changes(
                VisitTopics.COUNT,
                VisitTopics.STAY,
                VisitTopics.PERSON,
                VisitTopics.TICKET,
                VisitTopics.MONEY);
  }

  @Test
  void aTicketThatChangesItsTypeLeavesTheOldType() {
    assertThat(ofValues.day("kpi_by_type", "type_code", "visit_count"))
        .containsEntry("02-03 early", "1")
        .containsEntry("02-03 late", "1");
  }

  @Test
  void aPersonStaysInTheWeekWhileAnyTicketIsLeft() {
    assertThat(ofValues.day("kpi_overall", null, "person_count"))
        .containsEntry("02-10", "0")
        .containsEntry("02-11", "1");
    assertThat(ofValues.values("kpi_overall", "week", null, "person_count", 10))
        .containsEntry("02-09", "1");
    assertThat(ofValues.values("kpi_overall", "week", null, "ticket_count", 10))
        .containsEntry("02-09", "1");
  }

  @Test
  void aPersonWhomAnUntouchedTicketBringsAlreadyIsNotCountedTwice() {
    assertThat(ofValues.day("kpi_overall", null, "person_count"))
        .containsEntry("02-17", "1")
        .containsEntry("02-18", "2");
    assertThat(ofValues.values("kpi_overall", "week", null, "person_count", 10))
        .containsEntry("02-16", "2");
  }

  @Test
  void anAmountThatChangesItsCurrencyLeavesTheOldOne() {
    assertThat(
            ofValues.tables().get(KpiEngine.VALUE).stream()
                .filter(row -> row.getAs("kpi_code").equals("sold_amount"))
                .filter(row -> row.getAs("grain_code").equals("week"))
                .filter(row -> row.getAs("breakdown_code").equals("all"))
                .filter(row -> row.<Double>getAs("value") > 0)
                .map(row -> row.getAs("value") + " " + row.getAs("unit")))
        .containsExactlyInAnyOrder("7.5 EUR", "1.0 CHF");
  }

  @Test
  void aDurationThatChangesLeavesNoBucketBehind() {
    assertThat(ofValues.day("kpi_overall", null, "stay_p50"))
        .containsEntry("03-03", "80.0")
        .containsEntry("03-04", "90.0");
    assertThat(ofValues.replacements().get(KpiEngine.CELL_DAY).keys().collectAsList())
        .as("days that are replaced: not that on which two swap their durations")
        .extracting(row -> row.get(0).toString())
        .contains("2026-03-03")
        .doesNotContain("2026-03-04");
  }

  @Test
  void aTicketThatVanishesTakesItsHostAlong() {
    VisitNight.Changed changed =
        VisitNight.of(visit("a", "03-03T10:00").host("ann"), visit("b", "03-04T11:00"))
            .then(visit("b", "03-04T11:00"))
            .touching("a")
            .changes(VisitTopics.COUNT);

    assertThat(changed.day("kpi_by_agent", "agent_key", "visit_count"))
        .isEqualTo(Map.of("03-04 ben", "1"));
    assertThat(changed.day("kpi_overall", null, "visit_count"))
        .as("and the first day, which nobody has any more")
        .isEqualTo(Map.of("03-04", "1", "03-05", "0"));
  }

  @Test
  void whereATicketIsTouchedThatStaysAsItIsNothingIsReplaced() {
    assertThat(
            VisitNight.of(visit("a", "03-02T10:00").stays(5).paid("1.00", "EUR"))
                .touching("a")
                .changes(
                    VisitTopics.COUNT,
                    VisitTopics.INSIDE,
                    VisitTopics.STAY,
                    VisitTopics.PERSON,
                    VisitTopics.MONEY,
                    VisitTopics.LATEST)
                .replacements())
        .isEmpty();
  }

  private static Visit[] with(Visit[] same, Visit... others) {
    return Stream.concat(Stream.of(same), Stream.of(others)).toArray(Visit[]::new);
  }
}
