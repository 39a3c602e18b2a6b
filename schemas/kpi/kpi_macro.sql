-- Every macro in every period from its first day on: how often it was used, and whether it is forgotten.
WITH uses AS (
  SELECT macro_key, ticket_key, agent_key, used_at
  FROM fact_macro_use
  WHERE is_counted AND used_at < :as_of
),
periods AS (
  SELECT DISTINCT grain_code, period_start_at, period_start_date, period_end_at, least(period_end_at, :as_of) AS seen_until
  FROM period_day
),
macros AS (
  SELECT macro_key, any_value(macro_name) AS macro_name,
         coalesce(least(any_value(created_at), min(used_at)), (SELECT min(period_start_at) FROM period_day)) AS first_at
  FROM dim_macro
  LEFT JOIN uses USING (macro_key)
  GROUP BY macro_key
),
used AS (
  SELECT macro_key, grain_code, period_start_at,
         count(*) AS macro_use_count, count(DISTINCT ticket_key) AS ticket_count,
         count(DISTINCT nullif(agent_key, 'unassigned')) AS agent_count, max(used_at) AS last_used_at
  FROM uses
  JOIN period_day ON local_date = CAST(from_utc_timestamp(used_at, :reporting_zone) AS DATE)
  GROUP BY macro_key, grain_code, period_start_at
),
seen AS (
  SELECT macro_key, macro_name, grain_code, period_start_at, period_start_date, period_end_at, first_at,
         seen_until - make_dt_interval(:unused_macro_days) AS long_ago,
         macro_use_count, ticket_count, agent_count,
         max(last_used_at) OVER (PARTITION BY macro_key, grain_code ORDER BY period_start_at) AS last_used_at
  FROM macros
  JOIN periods ON first_at < seen_until
  LEFT JOIN used USING (macro_key, grain_code, period_start_at)
)
SELECT macro_key, grain_code, period_start_at, period_start_date, period_end_at, period_end_at <= :as_of AS is_complete, macro_name,
       coalesce(macro_use_count, 0) AS macro_use_count, coalesce(ticket_count, 0) AS ticket_count,
       coalesce(agent_count, 0) AS agent_count, last_used_at,
       first_at <= long_ago AND (last_used_at IS NULL OR last_used_at < long_ago) AS is_unused
FROM seen
