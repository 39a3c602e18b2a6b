-- Orders, the tickets that they follow, and with them the fact of tickets.

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

-- When anybody or any bot first answered a ticket in public.
CREATE TABLE answered AS
SELECT ticket, min(answered_at) AS answered_at
FROM (
  SELECT ticket, happened_at AS answered_at FROM timeline WHERE is_public AND class = 'bot'::author_class AND happened_at >= created_at
  UNION ALL
  SELECT ticket, effective_at FROM step WHERE is_reply OR is_answer
)
GROUP BY ticket;

-- Of the tickets in the five days before an order that were answered before it, the one created last.
CREATE TABLE converted AS
WITH candidate AS (
  SELECT t.ticket, segment, t.created_at, coalesce(p.person, t.customer::UHUGEINT * 4 + 2) AS person, answered_at
  FROM ticket_state AS t
  JOIN head USING (ticket)
  JOIN answered USING (ticket)
  LEFT JOIN person AS p ON p.customer = t.customer
  WHERE is_counted AND direction_code = 'inbound' AND t.customer IS NOT NULL
),
chosen AS (
  SELECT order_id, ordered_at, arg_max(ticket, (c.created_at, ticket::VARCHAR)) AS ticket
  FROM read_parquet('${output}/fact_order.parquet') AS o
  JOIN candidate AS c ON c.person = o.person_key
    AND ordered_at > c.created_at AND ordered_at <= c.created_at + getvariable('conversion_window') AND answered_at < ordered_at
  WHERE is_valid
  GROUP BY order_id, ordered_at
),
-- Of replies of one instant the later; the first one stands before the messages of its instant.
reply AS (
  SELECT ticket, effective_at AS replied_at, position, coalesce(person, unassigned()) AS agent FROM step SEMI JOIN chosen USING (ticket) WHERE is_reply
  UNION ALL
  SELECT ticket, first_replied_at, -1, first_replied_by FROM outcome SEMI JOIN chosen USING (ticket) WHERE first_replied_at IS NOT NULL
)
SELECT order_id, any_value(c.ticket) AS ticket, any_value(ordered_at) AS ordered_at,
       arg_max(agent, (replied_at, position)) FILTER (replied_at < ordered_at) AS agent_before,
       arg_max(agent, (replied_at, position)) AS agent_ever
FROM chosen AS c LEFT JOIN reply USING (ticket)
GROUP BY order_id;

COPY (
  SELECT order_id, ticket AS ticket_id, person_key, type_code, channel_code, brand_code, team_code,
         created_at AS ticket_created_at, c.ordered_at, coalesce(agent_before, agent_ever, unassigned()) AS agent_id,
         agent_before IS NULL AS is_automated,
         row_number() OVER (PARTITION BY ticket ORDER BY c.ordered_at, order_id::VARCHAR) = 1 AS is_first_of_ticket,
         net_amount AS revenue_amount, currency_code
  FROM converted AS c
  JOIN read_parquet('${output}/fact_order.parquet') AS o USING (order_id)
  JOIN head USING (ticket)
  JOIN segment USING (segment)
) TO '${output}/fact_conversion.parquet';
