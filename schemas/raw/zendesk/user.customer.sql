SELECT
  concat(:source, ':', id) AS customer_key,
  :source AS source_code,
  id AS customer_id,
  lower(email) AS email,
  phone,
  created_at,
  updated_at AS version_at,
  _dt AS dt,
  _content_hash AS content_hash,
  _file_id AS file_id
FROM record
WHERE role = 'end-user'
