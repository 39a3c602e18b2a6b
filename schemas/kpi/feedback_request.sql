-- Every satisfaction survey and every request for a review that was sent.
SELECT sent_at AS occurred_at, sent_agent_key AS agent_key, type_code, channel_code, brand_code, team_code, ticket_key
FROM fact_survey
WHERE is_counted AND kind_code IN ('csat', 'review') AND sent_at IS NOT NULL
