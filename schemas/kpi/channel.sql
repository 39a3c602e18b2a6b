-- Every counted inbound ticket at its creation, for the channels in use.
SELECT created_at AS occurred_at, created_agent_key AS agent_key, type_code, channel_code, brand_code, team_code, ticket_key
FROM fact_ticket
WHERE is_counted AND direction_code = 'inbound'
