package dev.nightdesk.kpi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nightdesk.contract.ContractViolation;
import dev.nightdesk.contract.Contracts;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** What a night could not ask about touched tickets alone is refused. */
class NightlyRulesTest {

  @Test
  void rowsThatAreCountedTogetherAreNoContributions() {
    refuses("contributions", "SELECT count(*) FROM fact_a GROUP BY ticket_key", "GROUP BY");
    refuses(
        "contributions", "SELECT lag(sent_at) OVER (PARTITION BY person_key) FROM fact_a", "OVER");
  }

  @Test
  void factsAreJoinedByTheKeyOfTheirUnit() {
    accepts("contributions", "SELECT * FROM fact_a JOIN fact_b USING (ticket_key)");
    accepts("contributions", "SELECT * FROM fact_a UNION ALL SELECT * FROM fact_b");
    refuses(
        "contributions",
        "SELECT * FROM fact_a JOIN fact_b ON fact_a.sent_at = fact_b.solved_at",
        "fact_a, fact_b");
    refuses(
        "contributions",
        "SELECT * FROM fact_a JOIN fact_b ON fact_a.person_key = fact_b.agent_key",
        "fact_a, fact_b");
  }

  @Test
  void asOfIsComparedWithInstants() {
    accepts("contributions", "SELECT matures_at <= :as_of FROM fact_a -- and not :as_of - 1");
    refuses("contributions", "SELECT sent_at + window < :as_of FROM fact_a", "as_of");
    refuses("contributions", "SELECT least(sent_at, :as_of) FROM fact_a", "as_of");
  }

  @Test
  void derivedTopicsSeeNoFacts() {
    refuses("derived", "SELECT * FROM kpi_period JOIN fact_a USING (member_key)", "fact_a");
  }

  @Test
  void measuresAddUpExactly() {
    assertThatThrownBy(
            () -> KpiCatalog.of(List.of(pair("contributions", "SELECT 1", "double", "sum"))))
        .isInstanceOf(ContractViolation.class)
        .hasMessageContaining("DOUBLE");
    assertThatThrownBy(
            () -> KpiCatalog.of(List.of(pair("period", "SELECT 1", "bigint", "running"))))
        .isInstanceOf(ContractViolation.class)
        .hasMessageContaining("running");
  }

  @Test
  void bundledPairsJoinFactsOfOneUnitAndEveryFactHasOne() {
    List<Topic> contributing =
        KpiCatalog.bundled().topics().stream()
            .filter(topic -> topic.kind() == Topic.Kind.CONTRIBUTIONS)
            .toList();

    assertThat(contributing).hasSizeGreaterThan(30);
    for (Topic topic : contributing) {
      for (String branch : topic.sql().split("(?i)UNION\\s+ALL")) {
        Set<Optional<String>> units =
            SqlText.tables(branch).stream()
                .filter(table -> table.startsWith("fact_"))
                .map(fact -> Contracts.of(fact).unit())
                .collect(Collectors.toSet());
        assertThat(units).as(topic.sqlFile()).hasSize(1).doesNotContain(Optional.empty());
      }
    }
  }

  private static void accepts(String kind, String sql) {
    assertThat(KpiCatalog.of(List.of(pair(kind, sql, "bigint", "sum"))).topics()).hasSize(1);
  }

  private static void refuses(String kind, String sql, String named) {
    assertThatThrownBy(() -> KpiCatalog.of(List.of(pair(kind, sql, "bigint", "sum"))))
        .isInstanceOf(ContractViolation.class)
        .hasMessageContaining("schemas/kpi/hello.sql")
        .hasMessageContaining(named);
  }

  private static Pair pair(String kind, String sql, String type, String fold) {
    return new Pair(
        "hello",
        sql,
        """
        title: "Hello"
        section: Volume
        description: "Who said hello."
        kind: %s
        needs: [ticket]
        attribution: "hello"
        agent: "nobody"
        measures:
          hello_sum: {fold: %s, value: hellos, type: %s}
        kpis: {}
        """
            .formatted(kind, fold, type));
  }
}
