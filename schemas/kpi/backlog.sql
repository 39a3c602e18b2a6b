-- Changes of the unresolved work; their sum up to the end of a period is the backlog then.
SELECT changed_at AS occurred_at, agent_key, type_code, channel_code, brand_code, team_code, ticket_key,
       backlog_change,
       unassigned_change,
       customer_waiting_change
FROM fact_backlog_change
WHERE is_counted AND (backlog_change <> 0 OR unassigned_change <> 0 OR customer_waiting_change <> 0)
