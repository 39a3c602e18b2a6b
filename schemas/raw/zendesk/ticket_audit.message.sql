-- The comments of an update, and the lines of a chat that it tells of.
WITH exploded AS (
  SELECT *
  FROM record
  LATERAL VIEW posexplode(events) exploded AS event_position, event
),
chat_event AS (
  SELECT
    *,
    from_json(
      event.value,
      'struct<chat_id:string,history:array<struct<chat_index:string,type:string,timestamp:string,actor_id:string,actor_type:string,message:string,message_id:string,original_message:string>>>'
    ) AS chat
  FROM exploded
  WHERE event.type IN ('ChatStartedEvent', 'ChatEndedEvent')
),
chat_line AS (
  SELECT
    *,
    coalesce(lower(said.actor_type) IN ('system', 'trigger', 'bot'), false)
      OR coalesce(said.actor_id IN ('__trigger', '__system'), false)
      OR coalesce(get_json_object(said.original_message, '$.source.type') = 'zd:answerBot', false) AS is_bot,
    lower(said.actor_type) IN ('end-user', 'end_user', 'visitor') AS is_visitor
  FROM chat_event
  LATERAL VIEW posexplode(chat.history) exploded_lines AS line_position, said
  WHERE said.type IN ('ChatMessage', 'ChatFileAttachment')
),
written AS (
  SELECT
    *,
    -- The comment's own author: the system files what a customer wrote elsewhere.
    coalesce(nullif(trim(event.author_id), ''), author_id) = '-1'
      OR coalesce(lower(coalesce(event.via.channel, via.channel)) IN ('rule', 'system'), false) AS is_bot,
    -- The chat's lines are messages of their own: the comment beside them repeats them.
    event.type = 'Comment' AND exists(
      events,
      e -> e.type IN ('ChatStartedEvent', 'ChatEndedEvent') AND coalesce(e.value LIKE '%"ChatMessage"%', false)
    ) AS is_transcript
  FROM exploded
  WHERE event.type IN ('Comment', 'VoiceComment', 'FacebookComment')
    -- A tweet repeats the comment that it sends; one without a comment is the message itself.
    OR (event.type = 'Tweet' AND NOT exists(events, e -> e.type IN ('Comment', 'FacebookComment')))
)
SELECT
  concat(:source, ':', ticket_id) AS ticket_key,
  :source AS source_code,
  regexp_replace(event.id, '^([0-9]+)[.]0+$', '$1') AS message_id,
  created_at AS sent_at,
  -- Before the changes of the same update, wherever the update lists it: a reply that solves comes before its solve.
  coalesce(try_multiply(try_cast(id AS BIGINT), 1000L), 0L) AS sequence,
  CASE
    WHEN NOT is_bot
      THEN concat(:source, ':', coalesce(regexp_replace(nullif(trim(event.author_id), ''), '^([0-9]+)[.]0+$', '$1'), author_id))
  END AS author_key,
  CASE WHEN is_bot THEN 'bot' END AS author_class_code,
  coalesce(lower(event.public) = 'true', true) AND NOT is_transcript AS is_public, -- a comment without the word is checked, a tweet is public
  true AS is_delivered,
  CAST(NULL AS STRING) AS chat_session_id,
  CAST(NULL AS STRING) AS language_code,
  CAST(NULL AS DECIMAL(5, 4)) AS sentiment_score,
  CAST(NULL AS STRING) AS sentiment_scorer_code,
  coalesce(event.body, event.plain_body) AS body_text,
  length(coalesce(event.body, event.plain_body)) AS body_length,
  created_at AS version_at,
  _dt AS dt,
  _content_hash AS content_hash,
  _file_id AS file_id
FROM written
WHERE nullif(trim(event.id), '') IS NOT NULL
UNION ALL
SELECT
  concat(:source, ':', ticket_id) AS ticket_key,
  :source AS source_code,
  -- The same line stands in the start and in the end of a chat.
  coalesce(nullif(trim(said.message_id), ''), concat_ws('-', chat.chat_id, coalesce(said.chat_index, CAST(line_position AS STRING)))) AS message_id,
  coalesce(
    CASE
      WHEN said.timestamp RLIKE '^[0-9]{12,14}$' THEN timestamp_millis(CAST(said.timestamp AS BIGINT))
      WHEN said.timestamp RLIKE '^[0-9]{9,11}([.][0-9]+)?$' THEN timestamp_seconds(CAST(said.timestamp AS DECIMAL(20, 6)))
      ELSE try_to_timestamp(said.timestamp)
    END,
    created_at
  ) AS sent_at,
  coalesce(try_cast(said.chat_index AS BIGINT), line_position) AS sequence,
  CASE
    WHEN NOT is_bot
      THEN concat(:source, ':', regexp_replace(regexp_replace(nullif(trim(said.actor_id), ''), '^agent:', ''), '^([0-9]+)[.]0+$', '$1'))
  END AS author_key,
  -- Whether an agent is a bot is for the configuration and the roles to say.
  CASE WHEN is_bot THEN 'bot' WHEN is_visitor THEN 'customer' END AS author_class_code,
  true AS is_public,
  true AS is_delivered,
  chat.chat_id AS chat_session_id,
  CAST(NULL AS STRING) AS language_code,
  CAST(NULL AS DECIMAL(5, 4)) AS sentiment_score,
  CAST(NULL AS STRING) AS sentiment_scorer_code,
  said.message AS body_text,
  length(said.message) AS body_length,
  created_at AS version_at,
  _dt AS dt,
  _content_hash AS content_hash,
  _file_id AS file_id
FROM chat_line
