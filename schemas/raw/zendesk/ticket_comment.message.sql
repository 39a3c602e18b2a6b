WITH written AS (
  SELECT *, coalesce(author_id = '-1' OR lower(via.channel) IN ('rule', 'system'), false) AS is_bot
  FROM record
)
SELECT
  concat(:source, ':', ticket_id) AS ticket_key,
  :source AS source_code,
  id AS message_id,
  created_at AS sent_at,
  -- As the same comment has it in an audit.
  coalesce(try_multiply(try_cast(audit_id AS BIGINT), 1000L), 0L) AS sequence,
  CASE WHEN NOT is_bot THEN concat(:source, ':', author_id) END AS author_key,
  CASE WHEN is_bot THEN 'bot' END AS author_class_code,
  public AS is_public,
  true AS is_delivered,
  CAST(NULL AS STRING) AS chat_session_id,
  CAST(NULL AS STRING) AS language_code,
  CAST(NULL AS DECIMAL(5, 4)) AS sentiment_score,
  CAST(NULL AS STRING) AS sentiment_scorer_code,
  coalesce(body, plain_body) AS body_text,
  length(coalesce(body, plain_body)) AS body_length,
  created_at AS version_at,
  _dt AS dt,
  _content_hash AS content_hash,
  _file_id AS file_id
FROM written
