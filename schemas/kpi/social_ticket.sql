-- Every counted ticket that came over a social channel, at its creation.
SELECT created_at AS occurred_at, created_agent_key AS agent_key, type_code, channel_code, brand_code, team_code, ticket_key
FROM fact_ticket
JOIN dim_channel USING (channel_code)
WHERE is_counted AND channel_group_code = 'social'
