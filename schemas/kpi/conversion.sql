-- Every counted inbound ticket at its creation, with whether an order followed. Until the window is over a ticket
-- without order is pending.
SELECT created_at AS occurred_at, conversion_agent_key AS agent_key, type_code, channel_code, brand_code, team_code, ticket_key,
       converted_at IS NOT NULL AS is_converted,
       is_automated_conversion,
       conversion_matures_at <= :as_of AS is_mature
FROM fact_ticket
WHERE is_counted AND direction_code = 'inbound'
