package dev.nightdesk.kpi;

import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * A way to split every number: the list of them stands here and nowhere else.
 *
 * @param code what pairs and {@code kpi_value} call it
 * @param column the column of contributions and wide tables that holds the member
 * @param table the wide table
 * @param grains the grains that it has
 * @param description what the member is
 */
public record Breakdown(
    String code, String column, String table, Set<Grain> grains, String description) {

  /** No split. Its one member is {@code all}. */
  public static final Breakdown ALL =
      new Breakdown("all", "all_key", "kpi_overall", Set.of(Grain.values()), "All of it: `all`.");

  /** By the agent whom the number credits. */
  public static final Breakdown AGENT =
      new Breakdown(
          "agent",
          "agent_key",
          "kpi_by_agent",
          Set.copyOf(Grain.OF_DAYS),
          "The agent whom the number credits, or `unassigned`.");

  /** By the ticket's type as of the run. */
  public static final Breakdown TYPE =
      ofTicket("type", "The ticket's type as of the run, or `unspecified`.");

  /** By the ticket's channel as of the run. */
  public static final Breakdown CHANNEL =
      ofTicket("channel", "The ticket's channel as of the run, or `unspecified`.");

  /** By the ticket's brand as of the run. */
  public static final Breakdown BRAND =
      ofTicket("brand", "The ticket's brand as of the run, or `unspecified`.");

  /** By the ticket's team as of the run. */
  public static final Breakdown TEAM =
      ofTicket("team", "The ticket's team as of the run, or `unspecified`.");

  /** What a warehouse has that configures none. */
  public static final List<Breakdown> DEFAULT = List.of(ALL, AGENT, TYPE, CHANNEL);

  /** All that can be configured. */
  public static final List<Breakdown> KNOWN = List.of(ALL, AGENT, TYPE, CHANNEL, BRAND, TEAM);

  /** The member of {@link #ALL}. */
  static final String ALL_MEMBER = "all";

  public Breakdown {
    grains = Set.copyOf(grains);
  }

  /**
   * The default breakdowns and more of {@link #KNOWN}, by code.
   *
   * @throws IllegalArgumentException if a code is unknown
   */
  public static List<Breakdown> with(List<String> codes) {
    List<String> known = KNOWN.stream().map(Breakdown::code).toList();
    for (String code : codes) {
      if (!known.contains(code)) {
        throw new IllegalArgumentException(
            "There is no breakdown %s; there are %s. Mend the list of breakdowns."
                .formatted(code, known));
      }
    }
    return KNOWN.stream()
        .filter(breakdown -> DEFAULT.contains(breakdown) || codes.contains(breakdown.code()))
        .toList();
  }

  /** The member columns of breakdowns: the dimensions of the finest cells. */
  static List<String> columns(List<Breakdown> breakdowns) {
    return breakdowns.stream()
        .filter(breakdown -> !breakdown.equals(ALL))
        .map(Breakdown::column)
        .toList();
  }

  private static Breakdown ofTicket(String code, String description) {
    return new Breakdown(
        code, code + "_code", "kpi_by_" + code, Set.of(Grain.values()), description);
  }

  /** The columns that every contribution has, whatever is configured. */
  static List<String> dimensions() {
    return Stream.of(AGENT, TYPE, CHANNEL, BRAND, TEAM).map(Breakdown::column).toList();
  }
}
