SELECT
  concat(:source, ':', ticket_id) AS ticket_key,
  :source AS source_code,
  id AS message_id,
  created_at AS sent_at,
  CAST(NULL AS BIGINT) AS sequence,
  concat(:source, ':', user_id) AS author_key,
  -- An agent who writes to a desk as anybody does is a customer there. All others are agents, unless the configuration calls them bots.
  CASE WHEN incoming THEN 'customer' WHEN user_id IS NULL THEN 'agent' END AS author_class_code,
  NOT private AND coalesce(source NOT IN (6, 8), true) AS is_public,
  true AS is_delivered,
  CAST(NULL AS STRING) AS chat_session_id,
  CAST(NULL AS STRING) AS language_code,
  CAST(NULL AS DECIMAL(5, 4)) AS sentiment_score,
  CAST(NULL AS STRING) AS sentiment_scorer_code,
  body_text,
  length(body_text) AS body_length,
  coalesce(updated_at, created_at) AS version_at,
  _dt AS dt,
  _content_hash AS content_hash,
  _file_id AS file_id
FROM record
