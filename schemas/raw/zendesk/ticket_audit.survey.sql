-- Surveys that were offered. Ratings are not taken from here: an update does not name their ids, and they would count twice. Nor
-- are answers to surveys: an update does not tell the score.
SELECT
  concat(:source, ':', regexp_replace(event.id, '^([0-9]+)[.]0+$', '$1')) AS survey_key,
  :source AS source_code,
  regexp_replace(event.id, '^([0-9]+)[.]0+$', '$1') AS survey_id,
  concat(:source, ':', ticket_id) AS ticket_key,
  CAST(NULL AS STRING) AS customer_key,
  CAST(NULL AS STRING) AS agent_key,
  'csat' AS kind_code,
  CAST(NULL AS DOUBLE) AS scale_min,
  CAST(NULL AS DOUBLE) AS scale_max,
  true AS is_higher_better,
  CAST(NULL AS DOUBLE) AS score,
  CAST(NULL AS STRING) AS answer_code,
  created_at AS sent_at,
  CAST(NULL AS TIMESTAMP) AS answered_at,
  created_at AS version_at,
  _dt AS dt,
  _content_hash AS content_hash,
  _file_id AS file_id
FROM record
LATERAL VIEW explode(events) exploded AS event
WHERE event.type = 'SurveyOffered' AND nullif(trim(event.id), '') IS NOT NULL
