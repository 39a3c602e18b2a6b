WITH customer AS (
  SELECT
    *,
    -- The preferred address of a kind, else the first.
    array_sort(
      filter(channels, c -> nullif(trim(c.address), '') IS NOT NULL),
      (a, b) -> CAST(coalesce(b.preferred, false) AS INT) - CAST(coalesce(a.preferred, false) AS INT)) AS addresses
  FROM record
)
SELECT
  concat(:source, ':customer-', id) AS customer_key,
  :source AS source_code,
  id AS customer_id,
  lower(coalesce(email, trim(get(filter(addresses, c -> lower(c.type) = 'email'), 0).address))) AS email,
  trim(get(filter(addresses, c -> lower(c.type) = 'phone'), 0).address) AS phone,
  created_datetime AS created_at,
  coalesce(updated_datetime, created_datetime) AS version_at,
  _dt AS dt,
  _content_hash AS content_hash,
  _file_id AS file_id
FROM customer
