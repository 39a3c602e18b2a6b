-- Who was what, when; and who is the same person across customers and orders.

-- Roles as intervals without gaps. Before the first dated role somebody was a customer; an agent
-- of whom no role is told was one since ever.
CREATE TABLE author_role AS
WITH newest AS (
  SELECT agent_id AS agent, roles, role
  FROM raw_agent
  QUALIFY row_number() OVER (PARTITION BY agent_id ORDER BY version_of(updated_at, dt) DESC) = 1
),
told AS (
  SELECT agent, lower(r.role) AS code, r.valid_from::TIMESTAMPTZ::TIMESTAMP AS valid_from
  FROM (SELECT agent, unnest(from_json(roles, '[{"role":"VARCHAR","valid_from":"VARCHAR"}]')) AS r FROM newest)
  UNION ALL
  SELECT agent, coalesce(role, 'agent'), NULL FROM newest WHERE roles IS NULL
),
complete AS (
  SELECT agent, code, coalesce(valid_from, TIMESTAMP '-infinity') AS valid_from FROM told
  UNION ALL
  SELECT agent, 'customer', TIMESTAMP '-infinity' FROM told GROUP BY agent HAVING bool_and(valid_from IS NOT NULL)
)
SELECT agent, code::author_class AS class, valid_from,
       lead(valid_from, 1, TIMESTAMP 'infinity') OVER (PARTITION BY agent ORDER BY valid_from) AS valid_to
FROM complete;

-- A number as the whole world dials it; the generated numbers are whole, so length decides nothing. E-mails have an
-- @ and numbers a +, so that keys of both, and of the digits of an id, never meet.
CREATE MACRO dialled(digits) AS
  CASE WHEN digits LIKE '+%' THEN digits WHEN digits LIKE '00%' THEN '+' || digits[3:]
       WHEN digits LIKE '0%' THEN getvariable('calling_code') || digits[2:] ELSE digits END;
CREATE MACRO phone_key(phone) AS md5_number(dialled(nullif(translate(phone, ' ()-./', ''), '')));
CREATE MACRO email_key(email) AS md5_number(lower(cleaned(email)));

-- A person is an e-mail, else the one e-mail that has the phone, else the phone, else the customer.
CREATE MACRO person_of(email, owner, phone, customer) AS coalesce(email, owner, phone, md5_number(customer::VARCHAR));

CREATE TABLE customer AS
WITH newest AS (
  SELECT customer_id AS customer, email_key(email) AS email, phone_key(phone) AS phone
  FROM raw_customer
  QUALIFY row_number() OVER (PARTITION BY customer_id ORDER BY version_of(updated_at, dt) DESC) = 1
)
SELECT customer, email, phone FROM newest;

CREATE TABLE phone_owner AS
SELECT phone, any_value(email) AS owner
FROM customer
WHERE phone IS NOT NULL
GROUP BY phone
HAVING count(DISTINCT email) = 1;

CREATE TABLE person AS
SELECT customer, person_of(email, owner, phone, customer) AS person
FROM customer LEFT JOIN phone_owner USING (phone);
