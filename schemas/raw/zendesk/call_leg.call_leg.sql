SELECT
  concat(:source, ':', call_id) AS call_key,
  :source AS source_code,
  id AS leg_id,
  concat(:source, ':', agent_id) AS agent_key,
  CAST(talk_time AS BIGINT) AS talk_seconds,
  CAST(coalesce(hold_time, 0D) AS BIGINT) AS hold_seconds,    -- the raw contract: absent is none
  CAST(coalesce(wrap_up_time, 0D) AS BIGINT) AS wrap_up_seconds,
  updated_at AS version_at,
  _dt AS dt,
  _content_hash AS content_hash,
  _file_id AS file_id
FROM record
WHERE lower(type) = 'agent' AND talk_time > 0 AND agent_id <> '0'
