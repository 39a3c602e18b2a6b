-- Every resolved inbound ticket at its last solve, with whether bots alone had written to the customer until then.
SELECT last_solved_at AS occurred_at, 'unassigned' AS agent_key, type_code, channel_code, brand_code, team_code, ticket_key,
       touch_count = 0
         AND EXISTS (SELECT 1
                     FROM fact_message
                     WHERE fact_message.ticket_key = fact_ticket.ticket_key
                       AND is_public AND author_class_code = 'bot' AND sent_at <= last_solved_at) AS is_by_bot
FROM fact_ticket
WHERE is_counted AND direction_code = 'inbound' AND last_solved_at IS NOT NULL AND touch_count IS NOT NULL
