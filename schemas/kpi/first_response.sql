-- Every counted inbound ticket at its first human reply.
SELECT first_replied_at AS occurred_at, first_replied_by_key AS agent_key, type_code, channel_code, brand_code, team_code, ticket_key,
       first_response_seconds, first_response_business_seconds
FROM fact_ticket
WHERE is_counted AND direction_code = 'inbound' AND first_replied_at IS NOT NULL
