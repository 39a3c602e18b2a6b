-- Every promise at its outcome: kept, or its deadline past. Outcomes at or after as of are not known yet.
SELECT decided_at AS occurred_at, agent_key, type_code, channel_code, brand_code, team_code, ticket_key, is_breached_when_decided
FROM fact_sla
WHERE is_counted
