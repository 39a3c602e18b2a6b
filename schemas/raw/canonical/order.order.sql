SELECT
  concat(:source, ':', order_id) AS order_key,
  :source AS source_code,
  order_id,
  concat(:source, ':', customer_id) AS customer_key,
  lower(email) AS email,
  phone,
  created_at AS ordered_at,
  cancelled_at,
  financial_status AS financial_status_code,
  coalesce(is_test, false) AS is_test, -- the raw contract: absent is no
  total_amount,
  upper(currency) AS currency_code,
  transform(
    refunds,
    r -> named_struct(
      'refund_id', regexp_replace(r.refund_id, '^([0-9]+)[.]0+$', '$1'),
      'refunded_at', try_to_timestamp(r.refunded_at),
      'amount', CAST(r.amount AS DECIMAL(19, 4)))
  ) AS refunds,
  updated_at AS version_at,
  _dt AS dt,
  _content_hash AS content_hash,
  _file_id AS file_id
FROM record
