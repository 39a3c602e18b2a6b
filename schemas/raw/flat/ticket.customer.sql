SELECT
  concat(:source, ':', coalesce(requester_id, concat('ticket-', ticket_id))) AS customer_key,
  :source AS source_code,
  coalesce(requester_id, concat('ticket-', ticket_id)) AS customer_id,
  lower(requester_email) AS email,
  CAST(NULL AS STRING) AS phone,
  CAST(NULL AS TIMESTAMP) AS created_at,
  coalesce(updated_at, created_at) AS version_at,
  _dt AS dt,
  _content_hash AS content_hash,
  _file_id AS file_id
FROM record
WHERE requester_id IS NOT NULL OR requester_email IS NOT NULL
