-- Every counted ticket at its creation.
SELECT created_at AS occurred_at, created_agent_key AS agent_key, type_code, channel_code, brand_code, team_code, ticket_key,
       direction_code, is_resolved
FROM fact_ticket
WHERE is_counted
