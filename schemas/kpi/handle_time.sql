-- Every leg of an answered call, at the start of the call; and every answered call without its agents, so that a call
-- whose legs nobody delivered is a call, too.
SELECT call_started_at AS occurred_at, agent_key, type_code, channel_code, brand_code, team_code, ticket_key,
       call_key, handle_seconds
FROM fact_call_leg
WHERE is_counted
UNION ALL
SELECT started_at AS occurred_at, CAST(NULL AS STRING) AS agent_key, type_code, channel_code, brand_code, team_code, ticket_key,
       call_key, CAST(NULL AS BIGINT) AS handle_seconds
FROM fact_call
WHERE is_counted AND is_answered
