-- Every counted inbound ticket at its creation, with whether it is resolved and no human wrote before that.
SELECT created_at AS occurred_at, 'unassigned' AS agent_key, type_code, channel_code, brand_code, team_code, ticket_key,
       is_resolved AND touch_count = 0 AS is_self_service
FROM fact_ticket
WHERE is_counted AND direction_code = 'inbound'
  AND NOT (is_resolved AND touch_count IS NULL) -- how it was resolved, nobody knows
