-- Every customer of a period, with the number of valid orders in it.
WITH orders AS (
  SELECT grain_code, period_start_at, IDENTIFIER(:member) AS member_key, person_key
  FROM fact_order
  JOIN period_day ON local_date = CAST(from_utc_timestamp(ordered_at, :reporting_zone) AS DATE)
  WHERE is_valid AND person_key IS NOT NULL AND ordered_at < :as_of
)
SELECT grain_code, period_start_at, member_key, count(*) AS order_count
FROM orders
GROUP BY grain_code, period_start_at, member_key, person_key
