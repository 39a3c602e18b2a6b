package dev.nightdesk.kpi;

/**
 * KPIs about visits, each of another kind: rows of {@code fact_visit} as {@link VisitNight} has.
 */
final class VisitTopics {

  private static final String SQL =
      "SELECT visited_at AS occurred_at, agent_key, type_code, 'door' AS channel_code, 'b' AS"
          + " brand_code, 't' AS team_code, ticket_key, person_key, change, stay_seconds,"
          + " matures_at <= :as_of AS is_mature, amount, currency_code FROM fact_visit";

  static final Pair COUNT =
      contributions(
          "visit",
          SQL,
          "visit_count: {fold: count}",
          "visit_count: {title: Visits, question: 'How many?', unit: visits, good: neutral}");

  /** Counts for hosts, and not for all, so that nothing has rows until as of. */
  static final Pair OF_HOSTS =
      contributions(
          "visit",
          SQL,
          "visit_count: {fold: count}",
          "visit_count: {title: Visits, question: 'How many?', unit: visits, good: neutral}",
          "breakdowns: [agent]");

  static final Pair INSIDE =
      contributions(
          "inside",
          SQL,
          "inside_count: {fold: running, value: change}",
          "inside_count: {title: Inside, question: 'How many?', unit: visitors, good: neutral}",
          "grains: [hour, day, week, month, quarter]");

  static final Pair STAY =
      contributions(
          "stay",
          SQL,
          "stay_seconds: {fold: distribution}",
          "stay_p50: {title: Stay, question: 'How long?', unit: seconds, good: neutral, percentile:"
              + " {of: stay_seconds, share: 0.5}}");

  static final Pair PERSON =
      contributions(
          "person",
          SQL,
          "person_count: {fold: distinct, value: person_key}",
          "person_count: {title: People, question: 'How many?', unit: people, good: neutral}");

  static final Pair TICKET =
      contributions(
          "ticket",
          SQL,
          "ticket_count: {fold: distinct, value: ticket_key}",
          "ticket_count: {title: Tickets, question: 'How many?', unit: tickets, good: neutral}");

  static final Pair MATURE =
      contributions(
          "mature",
          SQL,
          "mature_count: {fold: count, where: is_mature}",
          "mature_count: {title: Mature, question: 'How many?', unit: visits, good: neutral}");

  static final Pair MONEY =
      contributions(
          "sale",
          SQL,
          "sold_amount: {fold: sum, value: amount, type: \"decimal(19,4)\"}",
          "sold_amount: {title: Sold, question: 'How much?', unit: currency, good: higher}",
          "currency: currency_code");

  static final Pair FAMILIAR =
      contributions(
          "familiar",
          SQL + " JOIN dim_host USING (agent_key) WHERE role_code = 'friend'",
          "familiar_count: {fold: count}",
          "familiar_count: {title: Friends, question: 'How many?', unit: visits, good: neutral}");

  static final Pair LATEST =
      new Pair(
          "latest",
          "SELECT grain_code, period_start_at, IDENTIFIER(:member) AS member_key,"
              + " max_by(stay_seconds, visited_at) AS seconds FROM fact_visit JOIN period_day ON"
              + " local_date = CAST(visited_at AS DATE) WHERE visited_at < :as_of"
              + " GROUP BY grain_code, period_start_at, member_key, person_key",
          yaml(
              "period",
              "latest_seconds: {fold: sum, value: seconds}",
              "latest_seconds: {title: Latest, question: 'How long?', unit: seconds, good:"
                  + " neutral}"));

  static final Pair RANK =
      new Pair(
          "rank",
          "SELECT grain_code, period_start_at, breakdown_code, member_key, rank() OVER (PARTITION"
              + " BY grain_code, period_start_at ORDER BY visit_count DESC) AS place FROM"
              + " kpi_period JOIN dim_host ON agent_key = member_key WHERE breakdown_code = 'agent'"
              + " AND is_complete AND role_code = 'friend'",
          yaml(
              "derived",
              "place: {fold: sum}",
              "place: {title: Place, question: 'Who is first?', unit: rank, good: lower}",
              "breakdowns: [agent]"));

  private VisitTopics() {}

  private static Pair contributions(
      String topic, String sql, String measure, String kpi, String... more) {
    return new Pair(topic, sql, yaml("contributions", measure, kpi, more));
  }

  private static String yaml(String kind, String measure, String kpi, String... more) {
    return """
    title: "Visits"
    section: Volume
    description: "Who comes and goes."
    kind: %s
    needs: [visit]
    attribution: "visit"
    agent: "the host"
    measures:
      %s
    kpis:
      %s
    %s
    """
        .formatted(kind, measure, kpi, String.join("\n", more));
  }
}
