-- Days on which a figure is worse, by both changes, than the day before and than the median of the same weekday of the weeks before.
WITH days AS (
  SELECT kpi_code, period_start_date AS local_date, breakdown_code, member_key, kpi_value.unit, value,
         coalesce(denominator, value) AS observation_count
  FROM kpi_value
  JOIN kpi_catalog USING (kpi_code)
  WHERE grain_code = 'day' AND breakdown_code IN ('all', 'channel', 'type')
    AND kpi_code IN (SELECT kpi_code FROM setting_alert)
    AND kpi_value.unit = CASE kpi_catalog.unit WHEN 'currency' THEN :reporting_currency ELSE kpi_catalog.unit END
),
ruled AS (
  SELECT *, rank() OVER (
    PARTITION BY kpi_code, local_date, breakdown_code, member_key ORDER BY valid_from DESC) AS age
  FROM days
  JOIN setting_alert USING (kpi_code)
  WHERE valid_from <= local_date AND observation_count >= min_count
),
same_weekdays AS (
  SELECT *, explode(sequence(1, week_count)) AS week_number
  FROM ruled
  WHERE age = 1
),
compared AS (
  SELECT today.kpi_code, today.local_date, today.breakdown_code, today.member_key, today.unit, today.bad_direction_code,
         today.value, today.observation_count, today.min_count, today.relative_change, today.absolute_change,
         median(earlier.value) AS weekday_median_value
  FROM same_weekdays AS today
  JOIN days AS earlier
    ON earlier.kpi_code = today.kpi_code AND earlier.breakdown_code = today.breakdown_code
    AND earlier.member_key = today.member_key
    AND earlier.local_date = date_sub(today.local_date, 7 * today.week_number)
  WHERE earlier.observation_count >= today.min_count
  GROUP BY today.kpi_code, today.local_date, today.breakdown_code, today.member_key, today.unit, today.bad_direction_code,
           today.value, today.observation_count, today.min_count, today.relative_change, today.absolute_change, today.week_count
  HAVING count(*) = today.week_count
),
worsened AS (
  SELECT compared.*, yesterday.value AS day_before_value,
         CASE compared.bad_direction_code WHEN 'higher' THEN 1 ELSE -1 END * (compared.value - yesterday.value) AS since_yesterday,
         CASE compared.bad_direction_code WHEN 'higher' THEN 1 ELSE -1 END * (compared.value - weekday_median_value) AS since_weekdays
  FROM compared
  JOIN days AS yesterday
    ON yesterday.kpi_code = compared.kpi_code AND yesterday.breakdown_code = compared.breakdown_code
    AND yesterday.member_key = compared.member_key
    AND yesterday.local_date = date_sub(compared.local_date, 1)
  WHERE yesterday.observation_count >= compared.min_count
)
SELECT kpi_code, local_date, breakdown_code, member_key, bad_direction_code, unit, value,
       CAST(observation_count AS BIGINT) AS observation_count, day_before_value, weekday_median_value
FROM worsened
WHERE since_yesterday >= absolute_change AND (day_before_value <= 0 OR since_yesterday >= relative_change * day_before_value)
  AND since_weekdays >= absolute_change AND (weekday_median_value <= 0 OR since_weekdays >= relative_change * weekday_median_value)
