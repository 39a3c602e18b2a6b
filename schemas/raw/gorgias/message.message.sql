WITH message AS (
  SELECT
    *,
    regexp_replace(nullif(trim(sender.id), ''), '^([0-9]+)[.]0+$', '$1') AS sender_id,
    coalesce(sent_datetime, created_datetime) AS sent_at,
    coalesce(stripped_text, body_text) AS text
  FROM record
)
SELECT
  concat(:source, ':', ticket_id) AS ticket_key,
  :source AS source_code,
  id AS message_id,
  sent_at,
  CAST(NULL AS BIGINT) AS sequence,
  -- Users and customers have ids of their own, which can be equal; a rule only writes in the name of a user.
  CASE
    WHEN rule_id IS NOT NULL THEN concat(:source, ':rule-', rule_id)
    WHEN from_agent THEN concat(:source, ':', sender_id)
    ELSE concat(:source, ':customer-', sender_id)
  END AS author_key,
  -- Whether a user is an agent or a bot is a matter of roles and of the configuration.
  CASE
    WHEN rule_id IS NOT NULL THEN 'bot'
    WHEN NOT from_agent THEN 'customer'
    WHEN sender_id IS NULL THEN 'agent'
  END AS author_class_code,
  -- The raw contract: absent is public.
  coalesce(public, true)
    AND NOT coalesce(lower(channel) = 'internal-note', false)
    AND NOT coalesce(lower(source.type) = 'internal-note', false) AS is_public,
  -- What failed and was sent again reached its receiver.
  deleted_datetime IS NULL AND (failed_datetime IS NULL OR coalesce(sent_datetime > failed_datetime, false)) AS is_delivered,
  -- A chat is its ticket.
  CASE WHEN lower(channel) = 'chat' THEN ticket_id END AS chat_session_id,
  CAST(NULL AS STRING) AS language_code,
  CAST(NULL AS DECIMAL(5, 4)) AS sentiment_score,
  CAST(NULL AS STRING) AS sentiment_scorer_code,
  text AS body_text,
  length(text) AS body_length,
  greatest(created_datetime, sent_datetime, failed_datetime, deleted_datetime, opened_datetime) AS version_at,
  _dt AS dt,
  _content_hash AS content_hash,
  _file_id AS file_id
FROM message
