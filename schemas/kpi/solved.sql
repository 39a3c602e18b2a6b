-- Every resolved ticket at its last solve.
SELECT last_solved_at AS occurred_at, last_solved_by_key AS agent_key, type_code, channel_code, brand_code, team_code, ticket_key,
       direction_code, reopen_count
FROM fact_ticket
WHERE is_counted AND last_solved_at IS NOT NULL
