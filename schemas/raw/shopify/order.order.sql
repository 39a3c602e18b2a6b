-- Money is the shop's: shop_money of the sets, and plain amounts only where there is no set.
WITH paid AS (
  SELECT
    *,
    upper(coalesce(
      total_price_set.shop_money.currency_code, total_price_set.shopMoney.currencyCode, currency)) AS currency_code,
    coalesce(customer.id, customer_id) AS buyer_id
  FROM record
),
refunded AS (
  SELECT
    *,
    transform(
      refunds,
      r -> named_struct(
        'id', r.id,
        'refunded_at', coalesce(r.created_at, r.createdAt, r.processed_at, r.processedAt),
        'total', r.totalRefundedSet.shopMoney.amount,
        'transaction_count', coalesce(size(r.transactions), 0), -- absent is none
        -- Null: of a transaction in the customer's currency nobody says what it is in the shop's.
        'transactions', transform(
          filter(r.transactions, t -> lower(t.kind) = 'refund' AND lower(t.status) = 'success'),
          t -> CAST(coalesce(
            t.amount_set.shop_money.amount,
            t.amountSet.shopMoney.amount,
            CASE WHEN coalesce(upper(t.currency) = currency_code, true) THEN t.amount END) AS DECIMAL(19, 4))),
        -- A line without tax has none. An adjustment lowers what the lines are worth, and refunds shipping by being negative.
        'parts', concat(
          transform(
            coalesce(r.refund_line_items, array()),
            l -> CAST(
              CAST(coalesce(l.subtotal_set.shop_money.amount, l.subtotal, '0') AS DECIMAL(19, 4))
              + CAST(coalesce(l.total_tax_set.shop_money.amount, l.total_tax, '0') AS DECIMAL(19, 4)) AS DECIMAL(19, 4))),
          transform(
            coalesce(r.order_adjustments, array()),
            a -> CAST(
              - CAST(coalesce(a.amount_set.shop_money.amount, a.amount, '0') AS DECIMAL(19, 4))
              - CAST(coalesce(a.tax_amount_set.shop_money.amount, a.tax_amount, '0') AS DECIMAL(19, 4)) AS DECIMAL(19, 4)))))
    ) AS refund_parts
  FROM paid
)
SELECT
  concat(:source, ':', id) AS order_key,
  :source AS source_code,
  id AS order_id,
  -- Inside of objects an id may be a number with decimals, or a global one.
  concat(:source, ':', regexp_replace(
    regexp_replace(nullif(trim(buyer_id), ''), '^([0-9]+)[.]0+$', '$1'), '^gid://[^/]+/[^/]+/([^?]+).*$', '$1')) AS customer_key,
  lower(coalesce(
    email,
    contact_email,
    nullif(trim(customer.email), ''),
    nullif(trim(customer.defaultEmailAddress.emailAddress), ''))) AS email,
  coalesce(
    phone,
    nullif(trim(customer.phone), ''),
    nullif(trim(customer.defaultPhoneNumber.phoneNumber), '')) AS phone,
  created_at AS ordered_at,
  cancelled_at,
  financial_status AS financial_status_code,
  coalesce(test, false) AS is_test, -- the raw contract: absent is no
  coalesce(
    try_cast(total_price_set.shop_money.amount AS DECIMAL(19, 4)),
    try_cast(total_price_set.shopMoney.amount AS DECIMAL(19, 4)),
    total_price) AS total_amount,
  currency_code,
  transform(
    refund_parts,
    r -> named_struct(
      'refund_id', regexp_replace(
        regexp_replace(trim(r.id), '^([0-9]+)[.]0+$', '$1'), '^gid://[^/]+/[^/]+/([^?]+).*$', '$1'),
      'refunded_at', try_to_timestamp(r.refunded_at),
      'amount', CASE
        WHEN r.total IS NOT NULL THEN CAST(r.total AS DECIMAL(19, 4))
        WHEN r.transaction_count > 0 AND forall(r.transactions, amount -> amount IS NOT NULL)
          THEN aggregate(r.transactions, CAST(0 AS DECIMAL(19, 4)), (total, amount) -> CAST(total + amount AS DECIMAL(19, 4)))
        ELSE aggregate(r.parts, CAST(0 AS DECIMAL(19, 4)), (total, amount) -> CAST(total + amount AS DECIMAL(19, 4)))
      END)
  ) AS refunds,
  updated_at AS version_at,
  _dt AS dt,
  _content_hash AS content_hash,
  _file_id AS file_id
FROM refunded
