-- Every satisfaction survey that was sent, with whether it was answered by now.
SELECT sent_at AS occurred_at, sent_agent_key AS agent_key, type_code, channel_code, brand_code, team_code, ticket_key,
       answered_at IS NOT NULL AND answered_at < :as_of AS is_answered
FROM fact_survey
WHERE is_counted AND kind_code = 'csat' AND sent_at IS NOT NULL
