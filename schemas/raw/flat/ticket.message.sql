-- What the customer wrote at the creation, and the agent's first reply. Every version tells both: a reply that is none is not
-- delivered. Of later messages a row knows a number at most, and no instant.
WITH told AS (
  SELECT
    *,
    coalesce(first_responded_at, timestamp_micros(unix_micros(created_at) + first_response_time * 1000000)) AS replied_at
  FROM record
),
message AS (
  SELECT
    *,
    explode(array(
      named_struct('id', 'opening', 'place', 0, 'sent_at', created_at, 'author_class', 'customer',
        'author', coalesce(requester_id, IF(requester_email IS NULL, NULL, concat('ticket-', ticket_id)))),
      -- Before a solve of the same instant.
      named_struct('id', 'first-response', 'place', 2, 'sent_at', replied_at, 'author_class', 'agent', 'author', agent)
    )) AS written
  FROM told
)
SELECT
  concat(:source, ':', ticket_id) AS ticket_key,
  :source AS source_code,
  written.id AS message_id,
  coalesce(written.sent_at, created_at) AS sent_at,
  written.place AS sequence,
  concat(:source, ':', written.author) AS author_key,
  written.author_class AS author_class_code,
  true AS is_public,
  written.sent_at IS NOT NULL AS is_delivered,
  CAST(NULL AS STRING) AS chat_session_id,
  CAST(NULL AS STRING) AS language_code,
  CAST(NULL AS DECIMAL(5, 4)) AS sentiment_score,
  CAST(NULL AS STRING) AS sentiment_scorer_code,
  CAST(NULL AS STRING) AS body_text,
  CAST(NULL AS BIGINT) AS body_length,
  coalesce(updated_at, created_at) AS version_at,
  _dt AS dt,
  _content_hash AS content_hash,
  _file_id AS file_id
FROM message
