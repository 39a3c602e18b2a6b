-- Every agent's solve events beside those of all agents in the same period.
SELECT grain_code, period_start_at, breakdown_code, member_key,
       solve_event_count AS member_solve_event_count,
       sum(solve_event_count) OVER (PARTITION BY grain_code, period_start_at) AS all_solve_event_count
FROM kpi_period
WHERE breakdown_code = 'agent'
