-- Every chat that asked for a human: by the customer's first message, or by the hand-off of the bot that came before.
SELECT chat_requested_at AS occurred_at, 'unassigned' AS agent_key, type_code, channel_code, brand_code, team_code, ticket_key,
       chat_abandoned_at IS NOT NULL AS is_abandoned
FROM fact_ticket
WHERE is_counted AND direction_code = 'inbound' AND chat_requested_at IS NOT NULL
