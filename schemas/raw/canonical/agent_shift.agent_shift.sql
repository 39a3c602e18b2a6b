SELECT
  concat(:source, ':', shift_id) AS shift_key,
  :source AS source_code,
  shift_id,
  concat(:source, ':', agent_id) AS agent_key,
  kind AS kind_code,
  started_at,
  ended_at,
  coalesce(is_deleted, false) AS is_deleted, -- the raw contract: absent is no
  updated_at AS version_at,
  _dt AS dt,
  _content_hash AS content_hash,
  _file_id AS file_id
FROM record
