-- Every agent's reply to a customer's ticket, and every use of a macro there: a macro that only changes the ticket is
-- how it was dealt with, too.
SELECT sent_at AS occurred_at, agent_key, type_code, channel_code, brand_code, team_code, ticket_key, FALSE AS is_macro
FROM fact_message
WHERE is_counted AND is_public AND direction_code = 'inbound' AND author_class_code = 'agent'
UNION ALL
SELECT used_at AS occurred_at, agent_key, type_code, channel_code, brand_code, team_code, ticket_key, TRUE AS is_macro
FROM fact_macro_use
WHERE is_counted AND direction_code = 'inbound'
