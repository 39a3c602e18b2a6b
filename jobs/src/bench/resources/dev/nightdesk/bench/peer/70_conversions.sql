-- Of the tickets in the five days before an order that were answered before it, the one created last has it.
COPY (
  WITH converted AS (
    SELECT order_id, unnest(arg_max({'ticket': ticket, 'agent_before': agent_before, 'agent_ever': agent_ever}, (created_at, ticket::VARCHAR)))
    FROM read_parquet('${output}/work/answered_candidate/*.parquet')
    GROUP BY order_id
  )
  SELECT order_id, ticket AS ticket_id, person_key, type_code, channel_code, brand_code, team_code,
         created_at AS ticket_created_at, ordered_at, coalesce(agent_before, agent_ever, unassigned()) AS agent_id,
         agent_before IS NULL AS is_automated,
         row_number() OVER (PARTITION BY ticket ORDER BY ordered_at, order_id::VARCHAR) = 1 AS is_first_of_ticket,
         net_amount AS revenue_amount, currency_code
  FROM converted
  JOIN read_parquet('${output}/fact_order.parquet') USING (order_id)
  JOIN head USING (ticket)
  JOIN segment USING (segment)
) TO '${output}/fact_conversion.parquet';
