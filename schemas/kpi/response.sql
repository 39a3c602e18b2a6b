-- Every wait of a customer that a human reply ended, the first one included.
SELECT ended_at AS occurred_at, agent_key, type_code, channel_code, brand_code, team_code, ticket_key,
       response_seconds, response_business_seconds
FROM fact_response
WHERE is_counted AND direction_code = 'inbound' AND outcome_code = 'answered'
