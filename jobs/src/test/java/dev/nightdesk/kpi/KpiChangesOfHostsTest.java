package dev.nightdesk.kpi;

import static dev.nightdesk.kpi.Visit.visit;
import static org.assertj.core.api.Assertions.assertThat;

import dev.nightdesk.SparkTestBase;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * A night that changes what is said of hosts, and no visit.
 *
 * <p>February and March 2026 in UTC; the second of both is a Monday.
 */
class KpiChangesOfHostsTest extends SparkTestBase {

  @Test
  void aHostWithAnotherRoleChangesVisitsThatNobodyTouched() {
    VisitNight.Changed changed =
        VisitNight.of(visit("a", "03-02T10:00").host("ann"), visit("b", "03-04T10:00").host("eve"))
            .touching()
            .withHosts("ann friend Ann", "eve friend Eva")
            .changes(VisitTopics.COUNT, VisitTopics.FAMILIAR, VisitTopics.RANK);

    assertThat(changed.day("kpi_by_agent", "agent_key", "familiar_count"))
        .isEqualTo(Map.of("03-02 ann", "1", "03-04 eve", "1"));
    assertThat(changed.day("kpi_by_agent", "agent_key", "place"))
        .isEqualTo(Map.of("03-02 ann", "1", "03-04 eve", "1"));
  }

  @Test
  void aHostWithAnotherNameChangesNothing() {
    assertThat(
            VisitNight.of(visit("a", "03-02T10:00").host("ann"))
                .touching()
                .withHosts("ann friend Anna", "ben friend Ben")
                .changes(VisitTopics.COUNT, VisitTopics.FAMILIAR, VisitTopics.RANK)
                .replacements())
        .isEmpty();
  }
}
