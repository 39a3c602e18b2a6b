SELECT
  concat(:source, ':', id) AS survey_key,
  :source AS source_code,
  id AS survey_id,
  concat(:source, ':', ticket_id) AS ticket_key,
  concat(:source, ':customer-', customer_id) AS customer_key,
  CAST(NULL AS STRING) AS agent_key,
  'csat' AS kind_code,
  1D AS scale_min,
  5D AS scale_max,
  true AS is_higher_better,
  CAST(score AS DOUBLE) AS score,
  CAST(NULL AS STRING) AS answer_code,
  sent_datetime AS sent_at,
  CASE WHEN score IS NOT NULL THEN scored_datetime END AS answered_at,
  -- No field tells the version: the latest thing that happened does.
  greatest(created_datetime, sent_datetime, scored_datetime) AS version_at,
  _dt AS dt,
  _content_hash AS content_hash,
  _file_id AS file_id
FROM record
