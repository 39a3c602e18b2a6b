SELECT
  concat(:source, ':', survey_id) AS survey_key,
  :source AS source_code,
  survey_id,
  concat(:source, ':', ticket_id) AS ticket_key,
  concat(:source, ':', customer_id) AS customer_key,
  concat(:source, ':', agent_id) AS agent_key,
  kind AS kind_code,
  scale_min,
  scale_max,
  coalesce(direction, 'higher_is_better') = 'higher_is_better' AS is_higher_better,
  -- An answer without its instant is none yet; offered and unoffered are requests.
  CASE WHEN answered_at IS NOT NULL THEN try_cast(score AS DOUBLE) END AS score,
  CASE WHEN answered_at IS NOT NULL AND lower(score) IN ('good', 'bad') THEN lower(score) END AS answer_code,
  sent_at,
  CASE
    WHEN try_cast(score AS DOUBLE) IS NOT NULL OR lower(score) IN ('good', 'bad') THEN answered_at
  END AS answered_at,
  updated_at AS version_at,
  _dt AS dt,
  _content_hash AS content_hash,
  _file_id AS file_id
FROM record
