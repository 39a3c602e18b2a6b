package dev.nightdesk.update;

import dev.nightdesk.history.RoleHistories;
import dev.nightdesk.logic.AuthorRoles;
import dev.nightdesk.logic.LatestPerKey;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * What has changed of the small tables that every ticket is read by: who was what, open hours,
 * promises.
 *
 * @param agents keys of those whose roles changed, or who came or went
 * @param reasonForAll the schedule or policy that changed, in words: it can concern any ticket;
 *     empty: none did
 */
record ChangedRules(Set<String> agents, Optional<String> reasonForAll) {

  private static final String[] OF_THE_VERSION = {"version_at", "dt", "content_hash", "file_id"};

  ChangedRules {
    agents = Set.copyOf(agents);
  }

  static ChangedRules of(NightState state) {
    Optional<String> reason =
        reason(state, "stg_schedule", "Schedule", "schedule_key")
            .or(() -> reason(state, "stg_sla_policy", "SLA policy", "policy_key"));
    return new ChangedRules(changedAgents(state), reason);
  }

  private static Set<String> changedAgents(NightState state) {
    if (state.arrived("stg_agent").isEmpty() && state.arrived("stg_customer").isEmpty()) {
      return Set.of();
    }
    Map<String, List<AuthorRoles.Role>> before =
        RoleHistories.of(state.stagedBefore("stg_agent"), state.stagedBefore("stg_customer"));
    Map<String, List<AuthorRoles.Role>> tonight =
        RoleHistories.of(state.staged("stg_agent"), state.staged("stg_customer"));
    Set<String> keys = new TreeSet<>(before.keySet());
    keys.addAll(tonight.keySet());
    keys.removeIf(key -> Objects.equals(before.get(key), tonight.get(key)));
    return keys;
  }

  private static Optional<String> reason(
      NightState state, String table, String what, String nameColumn) {
    if (state.arrived(table).isEmpty()) {
      return Optional.empty();
    }
    List<Row> changed =
        Differences.keys(
                payloads(state.stagedBefore(table), nameColumn),
                payloads(state.staged(table), nameColumn),
                nameColumn)
            .sort(nameColumn)
            .limit(1)
            .collectAsList();
    return changed.stream()
        .findFirst()
        .map(
            row ->
                "%s %s changed, and any ticket may be measured by it"
                    .formatted(what, row.getString(0)));
  }

  /** What the newest versions say, without what tells only when and where they said it. */
  private static Dataset<Row> payloads(Dataset<Row> versions, String nameColumn) {
    return LatestPerKey.of(versions, nameColumn, "valid_from").drop(OF_THE_VERSION);
  }
}
