-- Every change from resolved back to unresolved; it belongs to the agent who had solved.
SELECT reopened_at AS occurred_at, solved_by_key AS agent_key, type_code, channel_code, brand_code, team_code, ticket_key
FROM fact_resolution
WHERE is_counted AND reopened_at IS NOT NULL
