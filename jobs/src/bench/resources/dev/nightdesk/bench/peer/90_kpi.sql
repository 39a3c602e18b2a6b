-- Days become periods, changes of the backlog become levels, and sums become KPIs, by one formula each.

CREATE TABLE part AS
WITH spans AS (
  -- A level stands until as of, whether or not anything happens.
  SELECT member, min(local_date) AS first_date FROM cell WHERE backlog_ticket_count IS NOT NULL GROUP BY ALL
),
periods AS (
  SELECT grain_code, period_start_date, max(local_date) AS last_date
  FROM period WHERE local_date <= getvariable('last_date') GROUP BY ALL
),
pieces AS (
  SELECT grain_code, period_start_date, cell.* EXCLUDE (local_date) FROM cell JOIN period USING (local_date)
  UNION ALL BY NAME
  SELECT grain_code, period_start_date, member FROM spans JOIN periods ON last_date >= first_date
),
sums AS (
  SELECT grain_code, period_start_date, member,
         coalesce(sum(COLUMNS(* EXCLUDE (grain_code, period_start_date, member))), 0)::BIGINT
  FROM pieces
  GROUP BY grain_code, period_start_date, member
)
SELECT * REPLACE (
  sum(backlog_ticket_count) OVER until_here AS backlog_ticket_count,
  sum(backlog_unassigned_ticket_count) OVER until_here AS backlog_unassigned_ticket_count,
  sum(backlog_customer_waiting_ticket_count) OVER until_here AS backlog_customer_waiting_ticket_count,
  sum(backlog_new_ticket_count) OVER until_here AS backlog_new_ticket_count,
  sum(backlog_open_ticket_count) OVER until_here AS backlog_open_ticket_count,
  sum(backlog_pending_ticket_count) OVER until_here AS backlog_pending_ticket_count,
  sum(backlog_hold_ticket_count) OVER until_here AS backlog_hold_ticket_count,
  sum(backlog_under_1_day_ticket_count) OVER until_here AS backlog_under_1_day_ticket_count,
  sum(backlog_from_1_to_3_days_ticket_count) OVER until_here AS backlog_from_1_to_3_days_ticket_count,
  sum(backlog_from_3_to_7_days_ticket_count) OVER until_here AS backlog_from_3_to_7_days_ticket_count,
  sum(backlog_from_7_to_30_days_ticket_count) OVER until_here AS backlog_from_7_to_30_days_ticket_count,
  sum(backlog_over_30_days_ticket_count) OVER until_here AS backlog_over_30_days_ticket_count),
  solved_ticket_count AS resolution_count,
  zero_touch_ticket_count + one_touch_ticket_count + multi_touch_ticket_count AS touched_ticket_count,
  CASE grain_code WHEN 'day' THEN replied_in_day_count WHEN 'week' THEN replied_in_week_count
    WHEN 'month' THEN replied_in_month_count ELSE replied_in_quarter_count END AS replied_ticket_count
FROM sums
WINDOW until_here AS (PARTITION BY grain_code, member ORDER BY period_start_date ROWS UNBOUNDED PRECEDING);

-- What is divided has a value where the divisor is not 0. Of counts and levels only those have a row that are not 0.
CREATE MACRO ratio(numerator, denominator) AS CASE WHEN denominator <> 0 THEN numerator::DOUBLE / denominator END;
CREATE MACRO value_of(number) AS nullif(number, 0)::DOUBLE;

CREATE VIEW formula AS
SELECT grain_code, period_start_date, member,
       value_of(backlog_ticket_count) AS backlog_ticket_count,
       value_of(backlog_unassigned_ticket_count) AS backlog_unassigned_ticket_count,
       value_of(backlog_customer_waiting_ticket_count) AS backlog_customer_waiting_ticket_count,
       value_of(backlog_new_ticket_count) AS backlog_new_ticket_count,
       value_of(backlog_open_ticket_count) AS backlog_open_ticket_count,
       value_of(backlog_pending_ticket_count) AS backlog_pending_ticket_count,
       value_of(backlog_hold_ticket_count) AS backlog_hold_ticket_count,
       value_of(backlog_under_1_day_ticket_count) AS backlog_under_1_day_ticket_count,
       value_of(backlog_from_1_to_3_days_ticket_count) AS backlog_from_1_to_3_days_ticket_count,
       value_of(backlog_from_3_to_7_days_ticket_count) AS backlog_from_3_to_7_days_ticket_count,
       value_of(backlog_from_7_to_30_days_ticket_count) AS backlog_from_7_to_30_days_ticket_count,
       value_of(backlog_over_30_days_ticket_count) AS backlog_over_30_days_ticket_count,
       value_of(created_ticket_count) AS created_ticket_count,
       value_of(created_inbound_ticket_count) AS created_inbound_ticket_count,
       value_of(created_outbound_ticket_count) AS created_outbound_ticket_count,
       value_of(resolved_of_created_count) AS resolved_of_created_count,
       value_of(unanswered_ticket_count) AS unanswered_ticket_count,
       value_of(converted_ticket_count) AS converted_ticket_count,
       value_of(automated_converted_ticket_count) AS automated_converted_ticket_count,
       value_of(conversion_pending_count) AS conversion_pending_count,
       value_of(first_response_count) AS first_response_count,
       value_of(first_response_under_1_hour_count) AS first_response_under_1_hour_count,
       value_of(first_response_from_1_to_4_hours_count) AS first_response_from_1_to_4_hours_count,
       value_of(first_response_from_4_to_8_hours_count) AS first_response_from_4_to_8_hours_count,
       value_of(first_response_from_8_to_24_hours_count) AS first_response_from_8_to_24_hours_count,
       value_of(first_response_over_24_hours_count) AS first_response_over_24_hours_count,
       value_of(first_resolution_count) AS first_resolution_count,
       value_of(solved_ticket_count) AS solved_ticket_count,
       value_of(solved_inbound_ticket_count) AS solved_inbound_ticket_count,
       value_of(reopened_ticket_count) AS reopened_ticket_count,
       value_of(zero_touch_ticket_count) AS zero_touch_ticket_count,
       value_of(one_touch_ticket_count) AS one_touch_ticket_count,
       value_of(multi_touch_ticket_count) AS multi_touch_ticket_count,
       value_of(solve_event_count) AS solve_event_count,
       value_of(reopen_count) AS reopen_count,
       value_of(response_count) AS response_count,
       value_of(replied_ticket_count) AS replied_ticket_count,
       value_of(unanswered_response_count) AS unanswered_response_count,
       value_of(csat_response_count) AS csat_response_count,
       value_of(csat_positive_count) AS csat_positive_count,
       value_of(csat_scored_count) AS csat_scored_count,
       value_of(csat_sent_count) AS csat_sent_count,
       value_of(csat_answered_of_sent_count) AS csat_answered_of_sent_count,
       value_of(incoming_message_count) AS incoming_message_count,
       value_of(outgoing_message_count) AS outgoing_message_count,
       value_of(bot_message_count) AS bot_message_count,
       value_of(exchange_count) AS exchange_count,
       value_of(resolution_count) AS resolution_count,
       ratio(resolved_of_created_count, created_ticket_count) AS resolved_of_created_ratio,
       ratio(unanswered_ticket_count, answerable_ticket_count) AS unanswered_ticket_ratio,
       ratio(conversion_mature_converted_count, conversion_mature_count) AS conversion_ratio,
       ratio(reopened_ticket_count, solved_ticket_count) AS reopen_ratio,
       ratio(solve_event_count, created_ticket_count) AS clearance_ratio,
       ratio(one_touch_ticket_count, touched_ticket_count) AS one_touch_ratio,
       ratio(zero_touch_ticket_count, touched_ticket_count) AS zero_touch_ratio,
       ratio(multi_touch_ticket_count, touched_ticket_count) AS multi_touch_ratio,
       ratio(csat_positive_count, csat_response_count) AS csat_ratio,
       ratio(csat_score_nanos * 0.000000001::DOUBLE, csat_scored_count) AS csat_score_mean,
       ratio(csat_answered_of_sent_count, csat_sent_count) AS csat_response_ratio,
       ratio(response_seconds_sum, replied_ticket_count) AS response_seconds_per_ticket_mean,
       ratio(response_business_seconds_sum, replied_ticket_count) AS response_business_seconds_per_ticket_mean,
       ratio(first_response_seconds_sum, first_response_count) AS first_response_seconds_mean,
       ratio(first_response_business_seconds_sum, first_response_count) AS first_response_business_seconds_mean,
       ratio(response_seconds_sum, response_count) AS response_seconds_mean,
       ratio(response_business_seconds_sum, response_count) AS response_business_seconds_mean,
       ratio(resolution_seconds_sum, solved_ticket_count) AS resolution_seconds_mean,
       ratio(resolution_business_seconds_sum, solved_ticket_count) AS resolution_business_seconds_mean,
       ratio(first_resolution_seconds_sum, first_resolution_count) AS first_resolution_seconds_mean,
       ratio(first_resolution_business_seconds_sum, first_resolution_count) AS first_resolution_business_seconds_mean
FROM part;

-- Which KPIs there are, also those that happen to have no value.
COPY (
  SELECT column_name AS kpi_code FROM (DESCRIBE formula)
  WHERE column_name NOT IN ('grain_code', 'period_start_date', 'member')
  UNION ALL
  SELECT topic || clock || share
  FROM (SELECT unnest(enum_range(NULL::topic)) AS topic), (VALUES ('_seconds'), ('_business_seconds')) AS clock(clock),
       (VALUES ('_p50'), ('_p90')) AS share(share)
) TO '${output}/kpi_code.parquet';

COPY (
  WITH kpi_value AS (
    FROM formula UNPIVOT (value FOR kpi_code IN (* EXCLUDE (grain_code, period_start_date, member)))
    UNION ALL
    SELECT grain_code, period_start_date, member, duration || '_p50', p50 FROM percentile
    UNION ALL
    SELECT grain_code, period_start_date, member, duration || '_p90', p90 FROM percentile
  )
  SELECT kpi_code, grain_code, period_start_date, breakdown AS breakdown_code, member_key, value
  FROM kpi_value AS v JOIN member USING (member)
) TO '${output}/kpi.parquet';
