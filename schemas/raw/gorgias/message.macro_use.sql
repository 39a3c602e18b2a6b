-- One use per macro of a message.
WITH macro_use AS (
  SELECT
    *,
    explode(array_distinct(filter(
      transform(macros, m -> regexp_replace(nullif(trim(m.id), ''), '^([0-9]+)[.]0+$', '$1')),
      macro -> macro IS NOT NULL))) AS macro_id,
    regexp_replace(nullif(trim(sender.id), ''), '^([0-9]+)[.]0+$', '$1') AS sender_id
  FROM record
)
SELECT
  concat(:source, ':', id, '-', macro_id) AS macro_use_key,
  :source AS source_code,
  concat(id, '-', macro_id) AS macro_use_id,
  concat(:source, ':', macro_id) AS macro_key,
  concat(:source, ':', ticket_id) AS ticket_key,
  id AS message_id,
  CAST(NULL AS STRING) AS event_id,
  -- A rule is no agent.
  CASE WHEN from_agent AND rule_id IS NULL THEN concat(:source, ':', sender_id) END AS agent_key,
  coalesce(sent_datetime, created_datetime) AS used_at,
  greatest(created_datetime, sent_datetime, failed_datetime, deleted_datetime, opened_datetime) AS version_at,
  _dt AS dt,
  _content_hash AS content_hash,
  _file_id AS file_id
FROM macro_use
