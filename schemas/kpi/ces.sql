-- The latest answer of every effort survey, turned so that a higher score is easier.
SELECT answered_at AS occurred_at, agent_key, type_code, channel_code, brand_code, team_code, ticket_key, is_positive, common_score_nanos
FROM fact_survey
WHERE is_counted AND kind_code = 'ces' AND answered_at IS NOT NULL
