-- Every wait of a customer that a solve ended without reply.
SELECT ended_at AS occurred_at, agent_key, type_code, channel_code, brand_code, team_code, ticket_key
FROM fact_response
WHERE is_counted AND direction_code = 'inbound' AND outcome_code = 'unanswered'
