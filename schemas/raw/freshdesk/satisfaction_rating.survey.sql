-- Seven faces, from 1 (extremely unhappy) by 4 (neutral) to 7; surveys of three or five faces leave some out.
SELECT
  concat(:source, ':', id) AS survey_key,
  :source AS source_code,
  id AS survey_id,
  concat(:source, ':', ticket_id) AS ticket_key,
  concat(:source, ':', user_id) AS customer_key,
  concat(:source, ':', agent_id) AS agent_key,
  'csat' AS kind_code,
  1 AS scale_min,
  7 AS scale_max,
  true AS is_higher_better,
  4 + sign(ratings.default_question) * (abs(ratings.default_question) - 100) AS score,
  CAST(NULL AS STRING) AS answer_code,
  CAST(NULL AS TIMESTAMP) AS sent_at,
  created_at AS answered_at,
  coalesce(updated_at, created_at) AS version_at,
  _dt AS dt,
  _content_hash AS content_hash,
  _file_id AS file_id
FROM record
