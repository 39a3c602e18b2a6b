SELECT
  concat(:source, ':', session_id) AS session_key,
  :source AS source_code,
  session_id,
  concat(:source, ':', customer_id) AS customer_key,
  started_at,
  ended_at,
  article_view_count,
  coalesce(updated_at, started_at) AS version_at,
  _dt AS dt,
  _content_hash AS content_hash,
  _file_id AS file_id
FROM record
