-- Every goal in every complete period in which it holds: what came of it, and for how many periods it has been attained.
-- A goal of one member goes before one of every member; of two, the later one holds. The counts of tickets name the periods that a member has.
WITH periods AS (
  SELECT DISTINCT grain_code, period_start_at, period_start_date, period_end_at
  FROM period_day
  WHERE period_end_at <= :as_of
),
members AS (
  SELECT grain_code, period_start_at, period_start_date, period_end_at, breakdown_code, member_key
  FROM kpi_value
  JOIN periods USING (grain_code, period_start_at, period_start_date)
  WHERE kpi_code = 'created_ticket_count' AND breakdown_code IN (SELECT breakdown_code FROM setting_target)
),
goals AS (
  SELECT setting_target.kpi_code, members.*, comparison_code, target_value,
         row_number() OVER (
           PARTITION BY setting_target.kpi_code, members.grain_code, period_start_at, members.breakdown_code, members.member_key, comparison_code
           ORDER BY setting_target.member_key IS NULL, valid_from DESC, target_value) AS position
  FROM members
  JOIN setting_target
    ON setting_target.grain_code = members.grain_code AND setting_target.breakdown_code = members.breakdown_code
    AND (setting_target.member_key IS NULL OR setting_target.member_key = members.member_key)
    AND valid_from <= period_start_date AND (valid_to IS NULL OR valid_to >= period_start_date)
),
figures AS (
  SELECT kpi_code, grain_code, period_start_at, breakdown_code, member_key, value AS actual_value
  FROM kpi_value
  JOIN kpi_catalog USING (kpi_code)
  WHERE kpi_code IN (SELECT kpi_code FROM setting_target)
    AND kpi_value.unit = CASE kpi_catalog.unit WHEN 'currency' THEN :reporting_currency ELSE kpi_catalog.unit END
),
attained AS (
  SELECT goals.*, actual_value,
         CASE comparison_code WHEN 'at_most' THEN actual_value <= target_value ELSE actual_value >= target_value END AS is_attained
  FROM goals
  LEFT JOIN figures USING (kpi_code, grain_code, period_start_at, breakdown_code, member_key)
  WHERE position = 1
),
runs AS (
  SELECT *, count(CASE WHEN NOT is_attained THEN 1 END) OVER (
    PARTITION BY kpi_code, grain_code, breakdown_code, member_key, comparison_code ORDER BY period_start_at) AS missed_count
  FROM attained
)
SELECT kpi_code, grain_code, period_start_at, breakdown_code, member_key, comparison_code, period_start_date, period_end_at,
       target_value, actual_value, is_attained, actual_value - target_value AS distance,
       count(CASE WHEN is_attained THEN 1 END) OVER (
         PARTITION BY kpi_code, grain_code, breakdown_code, member_key, comparison_code, missed_count ORDER BY period_start_at) AS attained_run_count
FROM runs
