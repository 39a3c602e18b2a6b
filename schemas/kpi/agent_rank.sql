-- Agents side by side in every complete period: 1 is the best, equal values share a rank.
-- Whoever has too few observations of a KPI is not ranked by it, and takes nobody's place.
WITH agents AS (
  SELECT grain_code, period_start_at, breakdown_code, member_key,
         solved_ticket_count, csat_ratio, first_response_seconds_p50, resolution_seconds_p50,
         solved_ticket_count >= :rank_min_count AS has_solves,
         csat_response_count >= :rank_min_count AS has_answers,
         first_response_count >= :rank_min_count AS has_first_responses,
         resolution_count >= :rank_min_count AS has_resolutions
  FROM kpi_period
  JOIN dim_agent ON agent_key = member_key
  WHERE breakdown_code = 'agent' AND is_complete AND role_code = 'agent'
)
SELECT grain_code, period_start_at, breakdown_code, member_key,
       CASE WHEN has_solves THEN
         rank() OVER (PARTITION BY grain_code, period_start_at, has_solves ORDER BY solved_ticket_count DESC)
       END AS solve_rank,
       CASE WHEN has_answers THEN
         rank() OVER (PARTITION BY grain_code, period_start_at, has_answers ORDER BY csat_ratio DESC)
       END AS csat_rank,
       CASE WHEN has_first_responses THEN
         rank() OVER (PARTITION BY grain_code, period_start_at, has_first_responses ORDER BY first_response_seconds_p50)
       END AS first_response_rank,
       CASE WHEN has_resolutions THEN
         rank() OVER (PARTITION BY grain_code, period_start_at, has_resolutions ORDER BY resolution_seconds_p50)
       END AS resolution_rank
FROM agents
