-- Surveys with their latest answer, and who was assigned when they were sent and answered.
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

CREATE TABLE assignment AS
SELECT ticket, position, effective_at, assignee FROM step WHERE is_assignment;

-- The assignee of an instant, all entries of that instant included.
CREATE TABLE rated AS
SELECT survey, arg_max(assignee, position) FILTER (effective_at <= sent_at) AS sent_agent,
       arg_max(assignee, position) FILTER (effective_at <= answered_at) AS answered_agent
FROM survey JOIN assignment USING (ticket)
GROUP BY survey;

COPY (
  WITH told AS (
    SELECT s.survey AS survey_id, s.ticket AS ticket_id, s.customer AS customer_id,
           coalesce(type_code, 'unspecified') AS type_code, coalesce(channel_code, 'unspecified') AS channel_code,
           coalesce(brand_code, 'unspecified') AS brand_code, coalesce(team_code, 'unspecified') AS team_code,
           -- Outside of any ticket a survey counts; one of a ticket that nobody delivered does not.
           s.ticket IS NULL OR coalesce(is_counted, false) AS is_counted,
           kind AS kind_code, sent_at, coalesce(sent_agent, unassigned()) AS sent_agent_id, answered_at,
           CASE WHEN answered_at IS NOT NULL AND h.ticket IS NOT NULL THEN coalesce(s.agent, answered_agent, unassigned())
                ELSE unassigned() END AS agent_id,
           scale_min, scale_max, score, answer_code,
           CASE WHEN is_higher_better THEN score ELSE scale_min + scale_max - score END AS good_score
    FROM survey AS s
    LEFT JOIN head AS h ON h.ticket = s.ticket
    LEFT JOIN segment USING (segment)
    LEFT JOIN rated ON rated.survey = s.survey
  ),
  common AS (
    SELECT *, CASE WHEN kind_code IN ('csat', 'review') THEN (good_score - scale_min) / (scale_max - scale_min) * 4 + 1
                   WHEN kind_code = 'ces' THEN (good_score - scale_min) / (scale_max - scale_min) * 6 + 1 END AS common_score
    FROM told
  )
  SELECT * EXCLUDE (answer_code, good_score, common_score),
         CASE WHEN kind_code = 'ces' THEN CASE WHEN scale_min = 1 AND scale_max = 5 THEN good_score >= 4 ELSE common_score >= 5 END
              WHEN kind_code NOT IN ('csat', 'review') THEN NULL
              WHEN answer_code IS NOT NULL THEN answer_code = 'good'
              WHEN scale_min = 1 AND scale_max = 5 THEN good_score >= 4
              WHEN scale_min = 1 AND scale_max = 10 THEN good_score >= 8 END AS is_positive,
         coalesce(good_score = scale_max, false) AS is_top_score,
         round(common_score * 1_000_000_000)::BIGINT AS common_score_nanos
  FROM common
) TO '${output}/fact_survey.parquet';
