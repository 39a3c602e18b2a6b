-- What an answer is worth, and whose it is.
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
    LEFT JOIN read_parquet('${output}/work/rated/*.parquet') AS rated ON rated.survey = s.survey
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
