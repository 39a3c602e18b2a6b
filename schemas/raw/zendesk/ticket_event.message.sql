-- The comments of an update, if the export was asked for them (comment_events).
WITH written AS (
  SELECT
    *,
    coalesce(coalesce(nullif(trim(child['author_id']), ''), updater_id) = '-1', false)
      OR coalesce(lower(coalesce(get_json_object(child['via'], '$.channel'), child['via'], via)) IN ('rule', 'system'), false)
      AS is_bot
  FROM record
  LATERAL VIEW explode(child_events) exploded AS child
  -- Without comment_events an update says that there is a comment, and no more.
  WHERE child['event_type'] IN ('Comment', 'VoiceComment', 'FacebookComment') AND child['public'] IS NOT NULL
)
SELECT
  concat(:source, ':', ticket_id) AS ticket_key,
  :source AS source_code,
  regexp_replace(trim(child['id']), '^([0-9]+)[.]0+$', '$1') AS message_id,
  `timestamp` AS sent_at,
  -- As the same comment has it in an audit.
  coalesce(try_multiply(try_cast(id AS BIGINT), 1000L), 0L) AS sequence,
  CASE
    WHEN NOT is_bot
      THEN concat(:source, ':', coalesce(regexp_replace(nullif(trim(child['author_id']), ''), '^([0-9]+)[.]0+$', '$1'), updater_id))
  END AS author_key,
  CASE WHEN is_bot THEN 'bot' END AS author_class_code,
  lower(child['public']) = 'true' AS is_public,
  true AS is_delivered,
  CAST(NULL AS STRING) AS chat_session_id,
  CAST(NULL AS STRING) AS language_code,
  CAST(NULL AS DECIMAL(5, 4)) AS sentiment_score,
  CAST(NULL AS STRING) AS sentiment_scorer_code,
  coalesce(child['body'], child['plain_body']) AS body_text,
  length(coalesce(child['body'], child['plain_body'])) AS body_length,
  `timestamp` AS version_at,
  _dt AS dt,
  _content_hash AS content_hash,
  _file_id AS file_id
FROM written
