-- Every counted inbound ticket at its creation, with whether anybody answered it.
SELECT created_at AS occurred_at, assignee_key AS agent_key, type_code, channel_code, brand_code, team_code, ticket_key,
       first_replied_at IS NULL AND NOT is_resolved AS is_unanswered
FROM fact_ticket
WHERE is_counted AND direction_code = 'inbound'
