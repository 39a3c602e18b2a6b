-- Orders with what was cancelled and refunded until now, and the tickets that they may have followed.

COPY (
  WITH newest AS (
    SELECT order_id, customer_id AS customer, email_key(email) AS email, phone_key(phone) AS phone,
           created_at AS ordered_at, cancelled_at, financial_status,
           coalesce(is_test, false) AS is_test, total_amount, upper(currency) AS currency_code,
           refunds
    FROM raw_order
    QUALIFY row_number() OVER (PARTITION BY order_id ORDER BY version_of(updated_at, dt) DESC) = 1
  ),
  known AS (
    SELECT * EXCLUDE (cancelled_at, refunds), CASE WHEN cancelled_at < getvariable('as_of') THEN cancelled_at END AS cancelled_at,
           coalesce(list_sum(list_transform(
             list_filter(from_json(refunds, '[{"refunded_at":"VARCHAR","amount":"DECIMAL(19,4)"}]'),
               r -> r.refunded_at::TIMESTAMPTZ::TIMESTAMP < getvariable('as_of')),
             r -> r.amount)), 0)::DECIMAL(19, 4) AS refunded_amount
    FROM newest
    WHERE ordered_at < getvariable('as_of')
  )
  SELECT order_id, o.customer AS customer_id,
         coalesce(p.person, person_of(o.email, w.owner, o.phone, o.customer)) AS person_key,
         ordered_at, cancelled_at, financial_status AS financial_status_code, is_test,
         NOT is_test AND cancelled_at IS NULL AND coalesce(financial_status NOT IN ('voided', 'expired'), true) AS is_valid,
         total_amount, refunded_amount, total_amount - refunded_amount AS net_amount, currency_code
  FROM known AS o
  LEFT JOIN person AS p ON p.customer = o.customer
  LEFT JOIN phone_owner AS w ON w.phone = o.phone
) TO '${output}/fact_order.parquet';

-- Orders in the five days after a ticket of the same person. Whether the ticket was answered before, its history tells.
CREATE TABLE candidate AS
WITH asked AS (
  SELECT ticket, created_at, coalesce(person, md5_number(t.customer::VARCHAR)) AS person
  FROM ticket_state AS t LEFT JOIN person AS p ON p.customer = t.customer
  WHERE is_counted AND direction_code = 'inbound' AND t.customer IS NOT NULL
)
SELECT ticket, created_at, order_id, ordered_at
FROM read_parquet('${output}/fact_order.parquet') AS o
JOIN asked ON person = person_key AND ordered_at > created_at AND ordered_at <= created_at + getvariable('conversion_window')
WHERE is_valid;
