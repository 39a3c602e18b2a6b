-- Every valid order. It belongs to no ticket, so it counts only for all.
SELECT ordered_at AS occurred_at, CAST(NULL AS STRING) AS agent_key, CAST(NULL AS STRING) AS type_code,
       CAST(NULL AS STRING) AS channel_code, CAST(NULL AS STRING) AS brand_code, CAST(NULL AS STRING) AS team_code,
       CAST(NULL AS STRING) AS ticket_key,
       order_key, person_key,
       previous_ordered_at IS NOT NULL AS is_again
FROM fact_order
WHERE is_valid
