-- Every type in every period beside the other types and beside its own periods before. Unfinished periods are neither ranked nor compared.
WITH first_tickets AS (
  SELECT type_code, first_seen_at,
         type_code <> 'unspecified'
           AND first_seen_at >= min(first_seen_at) OVER () + make_dt_interval(:new_type_warm_up_days) AS is_after_warm_up
  FROM dim_ticket_type
),
types AS (
  SELECT grain_code, period_start_at, type_code, period_start_date, period_end_at, is_complete,
         created_ticket_count, backlog_ticket_count, resolution_seconds_p50,
         sum(created_ticket_count) OVER (PARTITION BY grain_code, period_start_at) AS all_created_ticket_count,
         coalesce(is_after_warm_up AND first_seen_at >= period_start_at AND first_seen_at < period_end_at, false) AS is_new,
         lag(created_ticket_count) OVER (PARTITION BY grain_code, type_code ORDER BY period_start_at) AS before_created_ticket_count,
         lag(backlog_ticket_count) OVER (PARTITION BY grain_code, type_code ORDER BY period_start_at) AS before_backlog_count,
         lag(backlog_ticket_count, 2) OVER (PARTITION BY grain_code, type_code ORDER BY period_start_at) AS two_before_backlog_count,
         lag(resolution_seconds_p50) OVER (PARTITION BY grain_code, type_code ORDER BY period_start_at) AS before_resolution,
         lag(resolution_seconds_p50, 2) OVER (PARTITION BY grain_code, type_code ORDER BY period_start_at) AS two_before_resolution
  FROM kpi_by_type
  LEFT JOIN first_tickets USING (type_code)
  WHERE grain_code <> 'hour'
)
SELECT grain_code, period_start_at, type_code, period_start_date, period_end_at, is_complete,
       created_ticket_count,
       created_ticket_count / nullif(all_created_ticket_count, 0) AS created_share_ratio,
       CASE WHEN is_complete THEN
         dense_rank() OVER (PARTITION BY grain_code, period_start_at ORDER BY created_ticket_count DESC, type_code)
       END AS created_rank,
       is_new,
       CASE WHEN is_complete AND NOT is_new THEN created_ticket_count - before_created_ticket_count END AS change_count,
       CASE WHEN is_complete AND NOT is_new THEN
         (created_ticket_count - before_created_ticket_count) / nullif(before_created_ticket_count, 0)
       END AS growth_ratio,
       backlog_ticket_count,
       resolution_seconds_p50,
       is_complete AND (
         coalesce(backlog_ticket_count < before_backlog_count AND before_backlog_count < two_before_backlog_count, false)
         OR coalesce(resolution_seconds_p50 < before_resolution AND before_resolution < two_before_resolution, false)) AS is_easing
FROM types
