SELECT
  concat(:source, ':', id) AS macro_key,
  :source AS source_code,
  id AS macro_id,
  name AS macro_name,
  archived_datetime IS NULL AS is_active,
  created_datetime AS created_at,
  coalesce(updated_datetime, greatest(created_datetime, archived_datetime)) AS version_at,
  _dt AS dt,
  _content_hash AS content_hash,
  _file_id AS file_id
FROM record
