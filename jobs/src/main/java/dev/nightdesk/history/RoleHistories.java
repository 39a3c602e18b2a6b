package dev.nightdesk.history;

import static org.apache.spark.sql.functions.broadcast;
import static org.apache.spark.sql.functions.col;

import dev.nightdesk.logic.AuthorClass;
import dev.nightdesk.logic.AuthorRoles;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Who was what, when, by all versions of the agents' records.
 *
 * <p>A record tells the history of roles, and then its newest version is right; or it tells the
 * role of its day only, and then the history is put together from the versions: the first role
 * holds from the beginning, another from the version on that first tells it. Who is no agent any
 * more is told by a record among the customers.
 */
public final class RoleHistories {

  private static final String CURRENT = "current_role_code";

  private RoleHistories() {}

  /**
   * The roles of every agent; none for an agent since ever.
   *
   * @param agents {@code stg_agent}, all versions
   * @param customers {@code stg_customer}, all versions
   */
  public static Map<String, List<AuthorRoles.Role>> of(
      Dataset<Row> agents, Dataset<Row> customers) {
    List<Row> versions = agents.collectAsList();
    boolean areAllTold = versions.stream().allMatch(row -> row.getAs(CURRENT) == null);
    return of(versions, areAllTold ? List.of() : amongCustomers(agents, customers));
  }

  /** The versions of customers who also were agents of whom only the role of the day is told. */
  private static List<Row> amongCustomers(Dataset<Row> agents, Dataset<Row> customers) {
    Dataset<Row> keys =
        agents
            .filter(col(CURRENT).isNotNull())
            .select(col("agent_key").as("customer_key"))
            .distinct();
    return customers
        .select("customer_key", "version_at")
        .join(broadcast(keys), "customer_key")
        .collectAsList();
  }

  private static Map<String, List<AuthorRoles.Role>> of(List<Row> agents, List<Row> customers) {
    Map<String, TreeMap<Long, AuthorClass>> seen = new HashMap<>();
    for (Row version : agents) {
      String role = version.getAs(CURRENT);
      if (role != null) {
        see(seen, version.getAs("agent_key"), version, AuthorClass.of(role));
      }
    }
    for (Row version : customers) {
      see(seen, version.getAs("customer_key"), version, AuthorClass.CUSTOMER);
    }
    Map<String, List<AuthorRoles.Role>> histories = new HashMap<>();
    for (Row agent : StagedValues.newest(agents, "agent_key")) {
      String key = agent.getAs("agent_key");
      histories.put(key, agent.getAs(CURRENT) == null ? told(agent) : together(seen.get(key)));
    }
    return histories;
  }

  private static void see(
      Map<String, TreeMap<Long, AuthorClass>> seen,
      String key,
      Row version,
      AuthorClass authorClass) {
    seen.computeIfAbsent(key, any -> new TreeMap<>())
        .merge(
            StagedValues.micros(version.getAs("version_at")),
            authorClass,
            // Two words of one instant: whoever can answer tickets is no customer.
            (a, b) -> a == AuthorClass.CUSTOMER ? b : a);
  }

  private static List<AuthorRoles.Role> told(Row agent) {
    List<AuthorRoles.Role> roles = new ArrayList<>();
    for (Row role : StagedValues.structs(agent, "roles")) {
      roles.add(
          new AuthorRoles.Role(
              StagedValues.micros(role.getAs("valid_from")),
              AuthorClass.of(role.<String>getAs("role_code"))));
    }
    return roles;
  }

  private static List<AuthorRoles.Role> together(TreeMap<Long, AuthorClass> seen) {
    List<AuthorRoles.Role> roles = new ArrayList<>();
    AuthorClass former = null;
    for (Map.Entry<Long, AuthorClass> entry : seen.entrySet()) {
      if (entry.getValue() != former) {
        roles.add(new AuthorRoles.Role(former == null ? null : entry.getKey(), entry.getValue()));
        former = entry.getValue();
      }
    }
    return roles;
  }
}
