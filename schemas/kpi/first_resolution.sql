-- Every ticket that was ever solved, at its first solve.
SELECT first_solved_at AS occurred_at, first_solved_by_key AS agent_key, type_code, channel_code, brand_code, team_code, ticket_key,
       first_resolution_seconds, first_resolution_business_seconds
FROM fact_ticket
WHERE is_counted AND first_solved_at IS NOT NULL
