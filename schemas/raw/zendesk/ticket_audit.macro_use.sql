-- A macro that an agent applied: in the comment of the same update, else in the update itself.
WITH macro_use AS (
  SELECT *, get(filter(events, e -> e.type IN ('Comment', 'VoiceComment', 'FacebookComment')), 0).id AS comment_id
  FROM record
  LATERAL VIEW explode(events) exploded AS event
  WHERE event.type = 'AgentMacroReference' AND nullif(trim(event.macro_id), '') IS NOT NULL
)
SELECT
  concat(:source, ':', regexp_replace(event.id, '^([0-9]+)[.]0+$', '$1')) AS macro_use_key,
  :source AS source_code,
  regexp_replace(event.id, '^([0-9]+)[.]0+$', '$1') AS macro_use_id,
  concat(:source, ':', regexp_replace(event.macro_id, '^([0-9]+)[.]0+$', '$1')) AS macro_key,
  concat(:source, ':', ticket_id) AS ticket_key,
  regexp_replace(comment_id, '^([0-9]+)[.]0+$', '$1') AS message_id,
  CASE WHEN comment_id IS NULL THEN id END AS event_id,
  CASE WHEN author_id <> '-1' THEN concat(:source, ':', author_id) END AS agent_key,
  created_at AS used_at,
  created_at AS version_at,
  _dt AS dt,
  _content_hash AS content_hash,
  _file_id AS file_id
FROM macro_use
