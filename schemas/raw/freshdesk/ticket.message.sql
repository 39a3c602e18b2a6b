-- The ticket's own text. What an agent wrote down of a call is no message.
SELECT
  concat(:source, ':', id) AS ticket_key,
  :source AS source_code,
  'opening' AS message_id,
  created_at AS sent_at,
  0 AS sequence,
  concat(:source, ':', CASE source WHEN 3 THEN NULL WHEN 10 THEN responder_id ELSE requester_id END) AS author_key,
  CASE source WHEN 3 THEN 'unknown' WHEN 10 THEN 'agent' ELSE 'customer' END AS author_class_code,
  coalesce(source <> 3, true) AS is_public,
  true AS is_delivered,
  CAST(NULL AS STRING) AS chat_session_id,
  CAST(NULL AS STRING) AS language_code,
  CAST(NULL AS DECIMAL(5, 4)) AS sentiment_score,
  CAST(NULL AS STRING) AS sentiment_scorer_code,
  description_text AS body_text,
  length(description_text) AS body_length,
  updated_at AS version_at,
  _dt AS dt,
  _content_hash AS content_hash,
  _file_id AS file_id
FROM record
