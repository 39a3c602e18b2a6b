-- Public messages, and status changes by people. Only writing publicly makes an agent active, so the
-- other rows have no agent: they count for all, by type and by channel.
SELECT sent_at AS occurred_at, IF(author_class_code = 'agent', agent_key, NULL) AS agent_key, type_code, channel_code, brand_code, team_code, ticket_key
FROM fact_message
WHERE is_counted AND is_public
UNION ALL
SELECT started_at AS occurred_at, NULL AS agent_key, type_code, channel_code, brand_code, team_code, ticket_key
FROM fact_ticket_status
WHERE is_counted AND interval_number > 1 AND started_by_class_code IN ('customer', 'agent')
