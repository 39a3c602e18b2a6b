-- Every inbound call that entered the queue, at its start; not those that were given up too soon to be answered.
SELECT started_at AS occurred_at, 'unassigned' AS agent_key, type_code, channel_code, brand_code, team_code, ticket_key, is_abandoned
FROM fact_call
WHERE is_counted AND direction_code = 'inbound' AND queued_at IS NOT NULL
  AND NOT (is_abandoned AND unix_micros(abandoned_at) - unix_micros(queued_at) < :short_abandonment_seconds * 1000000)
