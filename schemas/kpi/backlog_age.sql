-- Changes of the unresolved work; their sum up to the end of a period is the backlog then.
SELECT changed_at AS occurred_at, agent_key, type_code, channel_code, brand_code, team_code, ticket_key,
       under_1_day_change,
       from_1_to_3_days_change,
       from_3_to_7_days_change,
       from_7_to_30_days_change,
       over_30_days_change
FROM fact_backlog_change
WHERE is_counted AND (under_1_day_change <> 0 OR from_1_to_3_days_change <> 0 OR from_3_to_7_days_change <> 0 OR from_7_to_30_days_change <> 0 OR over_30_days_change <> 0)
