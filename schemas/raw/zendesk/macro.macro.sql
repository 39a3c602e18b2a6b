SELECT
  concat(:source, ':', id) AS macro_key,
  :source AS source_code,
  id AS macro_id,
  title AS macro_name,
  coalesce(active, true) AS is_active, -- the raw contract: absent is yes
  created_at,
  updated_at AS version_at,
  _dt AS dt,
  _content_hash AS content_hash,
  _file_id AS file_id
FROM record
