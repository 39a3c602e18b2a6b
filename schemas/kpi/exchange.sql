-- The first message of every run of public messages of one side; notes and bots do not break a run.
SELECT sent_at AS occurred_at, agent_key, type_code, channel_code, brand_code, team_code, ticket_key, author_class_code
FROM fact_message
WHERE is_counted AND is_exchange_start AND author_class_code IN ('customer', 'agent')
