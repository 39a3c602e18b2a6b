-- Every resolved inbound ticket with a human reply, at its last solve. It is decided once the window after the solve
-- is over; a contact at the very end of the window still voids it.
SELECT last_solved_at AS occurred_at, last_solved_by_key AS agent_key, type_code, channel_code, brand_code, team_code, ticket_key,
       first_contact_matures_at < :as_of AS is_decided,
       replying_agent_count = 1
         AND reopen_count = 0
         AND next_contact_at IS NULL AS is_first_contact
FROM fact_ticket
WHERE is_counted AND direction_code = 'inbound' AND last_solved_at IS NOT NULL AND first_replied_at IS NOT NULL
