-- Every answer to a recommendation survey. It publishes no number: it tells the engine which periods and members
-- the topic nps touches.
SELECT answered_at AS occurred_at, agent_key, type_code, channel_code, brand_code, team_code, ticket_key
FROM fact_survey
WHERE is_counted AND kind_code = 'nps' AND answered_at IS NOT NULL AND score IS NOT NULL
  AND scale_min = 0 AND scale_max = 10
