SELECT
  concat(:source, ':', macro_use_id) AS macro_use_key,
  :source AS source_code,
  macro_use_id,
  concat(:source, ':', macro_id) AS macro_key,
  concat(:source, ':', ticket_id) AS ticket_key,
  message_id,
  event_id,
  concat(:source, ':', agent_id) AS agent_key,
  used_at,
  coalesce(updated_at, used_at) AS version_at,
  _dt AS dt,
  _content_hash AS content_hash,
  _file_id AS file_id
FROM record
