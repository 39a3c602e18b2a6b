-- Surveys that were offered, as in audits: neither ratings nor answers are told with what makes them count once.
SELECT
  concat(:source, ':', regexp_replace(trim(child['id']), '^([0-9]+)[.]0+$', '$1')) AS survey_key,
  :source AS source_code,
  regexp_replace(trim(child['id']), '^([0-9]+)[.]0+$', '$1') AS survey_id,
  concat(:source, ':', ticket_id) AS ticket_key,
  CAST(NULL AS STRING) AS customer_key,
  CAST(NULL AS STRING) AS agent_key,
  'csat' AS kind_code,
  CAST(NULL AS DOUBLE) AS scale_min,
  CAST(NULL AS DOUBLE) AS scale_max,
  true AS is_higher_better,
  CAST(NULL AS DOUBLE) AS score,
  CAST(NULL AS STRING) AS answer_code,
  `timestamp` AS sent_at,
  CAST(NULL AS TIMESTAMP) AS answered_at,
  `timestamp` AS version_at,
  _dt AS dt,
  _content_hash AS content_hash,
  _file_id AS file_id
FROM record
LATERAL VIEW explode(child_events) exploded AS child
WHERE child['event_type'] = 'SurveyOffered' AND nullif(trim(child['id']), '') IS NOT NULL
