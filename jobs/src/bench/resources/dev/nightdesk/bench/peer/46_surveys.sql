-- Surveys with their latest answers.
CREATE TABLE survey AS
WITH newest AS (
  SELECT survey_id AS survey, ticket_id AS ticket, customer_id AS customer, agent_id AS agent, kind,
         scale_min, scale_max,
         coalesce(direction, 'higher_is_better') = 'higher_is_better' AS is_higher_better,
         try_cast(score AS DOUBLE) AS score, CASE WHEN lower(score) IN ('good', 'bad') THEN lower(score) END AS answer_code,
         sent_at, answered_at
  FROM raw_survey
  QUALIFY row_number() OVER (PARTITION BY survey_id ORDER BY version_of(updated_at, dt) DESC) = 1
),
-- What is answered at or after as of is not answered yet; offered and unoffered are no answers.
known AS (
  SELECT * REPLACE (CASE WHEN is_answered THEN score END AS score, CASE WHEN is_answered THEN answer_code END AS answer_code,
                    CASE WHEN is_answered THEN answered_at END AS answered_at)
  FROM (
    SELECT *, coalesce(answered_at < getvariable('as_of') AND (score IS NOT NULL OR answer_code IS NOT NULL), false) AS is_answered
    FROM newest
  )
  WHERE is_answered OR sent_at < getvariable('as_of')
    OR (sent_at IS NULL AND (answered_at IS NULL OR (score IS NULL AND answer_code IS NULL)))
)
SELECT * FROM known;
