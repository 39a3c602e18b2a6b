SELECT
  concat(:source, ':', schedule_id) AS schedule_key,
  :source AS source_code,
  id AS holiday_id,
  start_date AS first_date,
  coalesce(end_date, start_date) AS last_date,
  coalesce(is_deleted, false) AS is_deleted, -- the raw contract: absent is no
  CAST(_dt AS TIMESTAMP) AS version_at, -- no field tells a version: the later dump is the newer
  _dt AS dt,
  _content_hash AS content_hash,
  _file_id AS file_id
FROM record
