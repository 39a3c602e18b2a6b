-- A macro that an agent applied: in the comment of the same update, else in the update itself.
WITH macro_use AS (
  SELECT
    *,
    get(filter(child_events, c -> coalesce(c['event_type'] IN ('Comment', 'VoiceComment', 'FacebookComment'), false)), 0)['id']
      AS comment_id
  FROM record
  LATERAL VIEW explode(child_events) exploded AS child
  WHERE child['event_type'] = 'AgentMacroReference' AND nullif(trim(child['macro_id']), '') IS NOT NULL
    AND nullif(trim(child['id']), '') IS NOT NULL
)
SELECT
  concat(:source, ':', regexp_replace(trim(child['id']), '^([0-9]+)[.]0+$', '$1')) AS macro_use_key,
  :source AS source_code,
  regexp_replace(trim(child['id']), '^([0-9]+)[.]0+$', '$1') AS macro_use_id,
  concat(:source, ':', regexp_replace(trim(child['macro_id']), '^([0-9]+)[.]0+$', '$1')) AS macro_key,
  concat(:source, ':', ticket_id) AS ticket_key,
  regexp_replace(nullif(trim(comment_id), ''), '^([0-9]+)[.]0+$', '$1') AS message_id,
  CASE WHEN nullif(trim(comment_id), '') IS NULL THEN id END AS event_id,
  CASE WHEN updater_id <> '-1' THEN concat(:source, ':', updater_id) END AS agent_key,
  `timestamp` AS used_at,
  `timestamp` AS version_at,
  _dt AS dt,
  _content_hash AS content_hash,
  _file_id AS file_id
FROM macro_use
