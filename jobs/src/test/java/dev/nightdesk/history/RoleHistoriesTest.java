package dev.nightdesk.history;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nightdesk.SparkTestBase;
import dev.nightdesk.logic.AuthorClass;
import dev.nightdesk.logic.AuthorRoles.Role;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;

class RoleHistoriesTest extends SparkTestBase {

  private static final long DAY = 86_400_000_000L;

  /** Versions of agents: key, day of the version, role of that day, one told role. */
  private Dataset<Row> agents(String values) {
    return spark()
        .sql(
            """
            SELECT agent_key, timestamp_micros(day * %dL) AS version_at, DATE '2021-01-01' AS dt,
              concat(agent_key, day) AS content_hash, current_role_code,
              IF(told IS NULL, NULL, array(named_struct('role_code', told, 'valid_from', CAST(NULL AS TIMESTAMP)))) AS roles
            FROM VALUES %s AS t(agent_key, day, current_role_code, told)
            """
                .formatted(DAY, values));
  }

  private Dataset<Row> customers(String values) {
    return spark()
        .sql(
            "SELECT customer_key, timestamp_micros(day * %dL) AS version_at FROM VALUES %s AS t(customer_key, day)"
                .formatted(DAY, values));
  }

  @Test
  void rolesOfTheDayMakeAHistoryOfTheDaysOnWhichTheyChanged() {
    Dataset<Row> agents =
        agents(
            "('h:ann', 5, 'agent', NULL), ('h:ann', 3, 'agent', NULL), ('h:ann', 7, 'bot', NULL),"
                + " ('h:ann', 9, 'agent', NULL)");

    assertThat(RoleHistories.of(agents, customers("('h:other', 1)")))
        .isEqualTo(
            Map.of(
                "h:ann",
                List.of(
                    new Role(null, AuthorClass.AGENT),
                    new Role(7 * DAY, AuthorClass.BOT),
                    new Role(9 * DAY, AuthorClass.AGENT))));
  }

  @Test
  void whoBecomesACustomerOrWasOneIsToldByTheCustomers() {
    Dataset<Row> agents = agents("('h:ann', 5, 'agent', NULL), ('h:bob', 5, 'agent', NULL)");
    Dataset<Row> customers = customers("('h:ann', 2), ('h:bob', 8), ('h:bob', 5)");

    assertThat(RoleHistories.of(agents, customers))
        .containsEntry(
            "h:ann",
            List.of(new Role(null, AuthorClass.CUSTOMER), new Role(5 * DAY, AuthorClass.AGENT)))
        .containsEntry(
            "h:bob",
            List.of(new Role(null, AuthorClass.AGENT), new Role(8 * DAY, AuthorClass.CUSTOMER)));
  }

  @Test
  void aToldHistoryIsTheOneOfTheNewestVersion() {
    Dataset<Row> agents =
        agents("('h:ann', 5, NULL, 'bot'), ('h:ann', 9, NULL, 'agent'), ('h:bob', 5, NULL, NULL)");

    assertThat(RoleHistories.of(agents, customers("('h:ann', 10)")))
        .isEqualTo(Map.of("h:ann", List.of(new Role(null, AuthorClass.AGENT)), "h:bob", List.of()));
  }
}
