-- Every customer and period at whose start or end the customer was active: the latest valid order lay no further back
-- than the window, whose far end is outside. An unfinished period ends at as of.
WITH activities AS (
  -- From an order until the next one or until it is too old: those of one customer do not overlap.
  SELECT person_key, ordered_at AS active_from,
         least(timestamp_micros(unix_micros(ordered_at) + :retention_window_seconds * 1000000),
               coalesce(lead(ordered_at) OVER (PARTITION BY person_key ORDER BY ordered_at, order_key),
                        TIMESTAMP'9999-01-01 00:00:00')) AS active_until
  FROM fact_order
  WHERE is_valid AND person_key IS NOT NULL AND ordered_at < :as_of
),
bounds AS (
  SELECT DISTINCT grain_code, period_start_at, least(period_end_at, :as_of) AS closed_at, IDENTIFIER(:member) AS member_key
  FROM period_day
  WHERE grain_code IN ('month', 'quarter')
)
SELECT grain_code, period_start_at, member_key,
       max(active_from <= period_start_at AND period_start_at < active_until) AS is_active_at_start,
       max(active_from <= closed_at AND closed_at < active_until) AS is_active_at_end
FROM activities
JOIN bounds
  ON active_from <= closed_at AND period_start_at < active_until
WHERE (active_from <= period_start_at AND period_start_at < active_until)
   OR (active_from <= closed_at AND closed_at < active_until)
GROUP BY grain_code, period_start_at, member_key, person_key
