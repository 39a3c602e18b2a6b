-- Every answer to a satisfaction survey and every review.
SELECT answered_at AS occurred_at, agent_key, type_code, channel_code, brand_code, team_code, ticket_key
FROM fact_survey
WHERE is_counted AND kind_code IN ('csat', 'review') AND answered_at IS NOT NULL
