-- Every resolved inbound ticket at its last solve, with the human exchanges that it took, where anybody knows.
SELECT last_solved_at AS occurred_at, last_solved_by_key AS agent_key, type_code, channel_code, brand_code, team_code, ticket_key, touch_count
FROM fact_ticket
WHERE is_counted AND direction_code = 'inbound' AND last_solved_at IS NOT NULL AND touch_count IS NOT NULL
