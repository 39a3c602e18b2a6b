-- Every public message of a customer that has a score: the source's own, or the scorer's for its language.
SELECT sent_at AS occurred_at, agent_key, type_code, channel_code, brand_code, team_code, ticket_key, sentiment_score
FROM fact_message
WHERE is_counted AND sentiment_score IS NOT NULL
