-- Tickets with the first order that each converted; whoever replied last has the tickets that no order followed.
COPY (
  SELECT t.* EXCLUDE (last_replied_by_id, conversion_matures_at),
         CASE WHEN direction_code = 'inbound' THEN coalesce(agent_id, last_replied_by_id) ELSE unassigned() END AS conversion_agent_id,
         ordered_at AS converted_at, coalesce(is_automated, false) AS is_automated_conversion, conversion_matures_at
  FROM read_parquet('${output}/work/ticket/*.parquet') AS t
  LEFT JOIN (
    SELECT ticket_id, agent_id, ordered_at, is_automated FROM read_parquet('${output}/fact_conversion.parquet') WHERE is_first_of_ticket
  ) AS c ON c.ticket_id = t.ticket_id
) TO '${output}/fact_ticket.parquet';
