-- The latest answer of every customer in the period, per member. An anonymous answer is a customer of its own.
WITH answers AS (
  SELECT grain_code, period_start_at, IDENTIFIER(:member) AS member_key,
         coalesce(customer_key, survey_key) AS respondent, answered_at, survey_key, score
  FROM fact_survey
  JOIN period_day ON local_date = CAST(from_utc_timestamp(answered_at, :reporting_zone) AS DATE)
  WHERE is_counted AND kind_code = 'nps' AND answered_at < :as_of AND score IS NOT NULL
    AND scale_min = 0 AND scale_max = 10
)
SELECT grain_code, period_start_at, member_key,
       max_by(score, struct(answered_at, survey_key)) AS score
FROM answers
GROUP BY grain_code, period_start_at, member_key, respondent
