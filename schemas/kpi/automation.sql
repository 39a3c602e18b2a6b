-- Every counted inbound ticket at its creation. Whether a bot resolved it alone is decided once the window after the
-- creation, and after the last solve, is over.
SELECT created_at AS occurred_at, 'unassigned' AS agent_key, type_code, channel_code, brand_code, team_code, ticket_key,
       automation_matures_at <= :as_of AS is_decided,
       is_automated,
       bot_message_count > 0 AS has_bot_message
FROM fact_ticket
WHERE is_counted AND direction_code = 'inbound'
