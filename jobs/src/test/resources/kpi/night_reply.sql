-- First replies between midnight and six, local time.
SELECT first_replied_at AS occurred_at, first_replied_by_key AS agent_key, type_code, channel_code, brand_code, team_code,
       ticket_key, first_response_seconds
FROM fact_ticket
WHERE is_counted AND hour(from_utc_timestamp(first_replied_at, :reporting_zone)) < 6
