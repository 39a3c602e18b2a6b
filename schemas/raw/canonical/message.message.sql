SELECT
  concat(:source, ':', ticket_id) AS ticket_key,
  :source AS source_code,
  message_id,
  sent_at,
  sequence,
  concat(:source, ':', author_id) AS author_key,
  author_class AS author_class_code,
  coalesce(is_public, true) AS is_public,    -- the raw contract: absent is yes
  NOT (coalesce(is_failed, false) OR coalesce(is_deleted, false)) AS is_delivered,
  chat_session_id,
  language AS language_code,
  sentiment_score,
  CASE WHEN sentiment_score IS NOT NULL THEN 'source' END AS sentiment_scorer_code,    -- all others are scored while their text is there
  body AS body_text,
  length(body) AS body_length,
  coalesce(updated_at, sent_at) AS version_at,
  _dt AS dt,
  _content_hash AS content_hash,
  _file_id AS file_id
FROM record
