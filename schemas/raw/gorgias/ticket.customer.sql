-- Who asks is known by the ticket's e-mail, also where no dump lists the customers; a customer's own record is newer.
SELECT DISTINCT
  concat(:source, ':customer-', customer_id) AS customer_key,
  :source AS source_code,
  customer_id,
  email,
  CAST(NULL AS STRING) AS phone,
  CAST(NULL AS TIMESTAMP) AS created_at,
  TIMESTAMP '2000-01-01 00:00:00' AS version_at,
  _dt AS dt,
  hex(xxhash64(customer_id, email)) AS content_hash,
  _file_id AS file_id
FROM (
  SELECT
    *,
    regexp_replace(nullif(trim(coalesce(customer.id, requester.id)), ''), '^([0-9]+)[.]0+$', '$1') AS customer_id,
    nullif(lower(trim(IF(customer.id IS NULL, requester.email, customer.email))), '') AS email
  FROM record
)
WHERE customer_id IS NOT NULL
