-- Changes of the unresolved work; their sum up to the end of a period is the backlog then.
SELECT changed_at AS occurred_at, agent_key, type_code, channel_code, brand_code, team_code, ticket_key,
       new_change,
       open_change,
       pending_change,
       hold_change
FROM fact_backlog_change
WHERE is_counted AND (new_change <> 0 OR open_change <> 0 OR pending_change <> 0 OR hold_change <> 0)
