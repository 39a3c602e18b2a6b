-- Every order that converted a ticket, at the order.
SELECT ordered_at AS occurred_at, agent_key, type_code, channel_code, brand_code, team_code, ticket_key,
       revenue_amount, currency_code
FROM fact_conversion
