-- Every order that converted a ticket, at the creation of the ticket.
SELECT ticket_created_at AS occurred_at, agent_key, type_code, channel_code, brand_code, team_code, ticket_key,
       revenue_amount, currency_code
FROM fact_conversion
