SELECT
  concat(:source, ':', customer_id) AS customer_key,
  :source AS source_code,
  customer_id,
  nullif(lower(trim(email)), '') AS email,
  nullif(trim(phone), '') AS phone,
  created_at,
  updated_at AS version_at,
  _dt AS dt,
  _content_hash AS content_hash,
  _file_id AS file_id
FROM record
