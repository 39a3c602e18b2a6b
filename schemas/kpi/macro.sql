-- Every macro in every message or change of a ticket, however often it was recorded there.
SELECT used_at AS occurred_at, agent_key, type_code, channel_code, brand_code, team_code, ticket_key
FROM fact_macro_use
WHERE is_counted
