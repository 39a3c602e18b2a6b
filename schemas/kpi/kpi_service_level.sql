-- Every channel in every period: its points, by the cut-points that hold on the period's first day, and their grade.
WITH channels AS (
  SELECT grain_code, period_start_at, channel_code, period_start_date, period_end_at, is_complete,
         CASE WHEN channel_group_code IN ('social', 'live') THEN channel_group_code ELSE 'email' END AS channel_group_code
  FROM kpi_by_channel
  LEFT JOIN dim_channel USING (channel_code)
  WHERE grain_code <> 'hour'
),
figures AS (
  SELECT kpi_code, grain_code, period_start_at, member_key AS channel_code, value, denominator
  FROM kpi_value
  WHERE breakdown_code = 'channel' AND grain_code <> 'hour'
    AND kpi_code IN (SELECT kpi_code FROM setting_service_level)
),
limits AS (
  SELECT *, rank() OVER (
    PARTITION BY kpi_code, grain_code, period_start_at, channel_code ORDER BY valid_from DESC) AS age
  FROM channels
  JOIN figures USING (grain_code, period_start_at, channel_code)
  JOIN setting_service_level USING (channel_group_code, kpi_code)
  WHERE valid_from <= period_start_date
),
parts AS (
  SELECT grain_code, period_start_at, channel_code, kpi_code, value, CAST(denominator AS BIGINT) AS observation_count,
         CASE WHEN denominator >= :service_level_min_count THEN
           coalesce(max(CASE WHEN CASE comparison_code
             WHEN '<' THEN value < limit_value
             WHEN '<=' THEN value <= limit_value
             WHEN '>' THEN value > limit_value
             ELSE value >= limit_value
           END THEN points END), 1)
         END AS points
  FROM limits
  WHERE age = 1
  GROUP BY grain_code, period_start_at, channel_code, kpi_code, value, denominator
),
graded AS (
  SELECT grain_code, period_start_at, channel_code,
         max(CASE WHEN kpi_code = 'first_response_seconds_p50' THEN value END) AS first_response_seconds_p50,
         max(CASE WHEN kpi_code = 'first_response_seconds_p50' THEN observation_count END) AS first_response_count,
         max(CASE WHEN kpi_code = 'first_response_seconds_p50' THEN points END) AS first_response_points,
         max(CASE WHEN kpi_code = 'resolution_seconds_p50' THEN value END) AS resolution_seconds_p50,
         max(CASE WHEN kpi_code = 'resolution_seconds_p50' THEN observation_count END) AS resolution_count,
         max(CASE WHEN kpi_code = 'resolution_seconds_p50' THEN points END) AS resolution_points,
         max(CASE WHEN kpi_code = 'csat_score_mean' THEN value END) AS csat_score_mean,
         max(CASE WHEN kpi_code = 'csat_score_mean' THEN observation_count END) AS csat_scored_count,
         max(CASE WHEN kpi_code = 'csat_score_mean' THEN points END) AS csat_points,
         CAST(CASE WHEN min(points) = 1 THEN least(floor(avg(points) + 0.5), 2) ELSE floor(avg(points) + 0.5) END AS INT) AS grade_points
  FROM parts
  GROUP BY grain_code, period_start_at, channel_code
)
SELECT grain_code, period_start_at, channel_code, period_start_date, period_end_at, is_complete, channel_group_code,
       first_response_seconds_p50, coalesce(first_response_count, 0) AS first_response_count, first_response_points,
       resolution_seconds_p50, coalesce(resolution_count, 0) AS resolution_count, resolution_points,
       csat_score_mean, coalesce(csat_scored_count, 0) AS csat_scored_count, csat_points,
       grade_points,
       CASE grade_points
         WHEN 1 THEN 'unacceptable' WHEN 2 THEN 'below_average' WHEN 3 THEN 'average' WHEN 4 THEN 'above_average' WHEN 5 THEN 'stellar'
         ELSE 'no_data'
       END AS grade_code
FROM channels
LEFT JOIN graded USING (grain_code, period_start_at, channel_code)
