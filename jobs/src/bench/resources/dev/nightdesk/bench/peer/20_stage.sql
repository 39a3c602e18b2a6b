-- Raw records in narrow types: a number for an id, one byte for a word. Everything is read once here, and
-- what came in more than one version is found by keys alone, since few records have.

CREATE TYPE language AS ENUM (SELECT DISTINCT cleaned(language) FROM raw_message WHERE cleaned(language) IS NOT NULL);

CREATE TABLE message AS
SELECT ticket_id AS ticket, message_id,
       sent_at, coalesce(sequence, 0) AS sequence,
       author_id AS author, author_class::author_class AS stated_class,
       coalesce(is_public, true) AS is_public,
       NOT (coalesce(is_failed, false) OR coalesce(is_deleted, false)) AS is_delivered,
       chat_session_id AS chat_session, cleaned(language)::language AS language,
       sentiment_score, length(cleaned(body))::INTEGER AS body_length,
       version_of(coalesce(updated_at, sent_at), dt) AS version
FROM raw_message;

CREATE TABLE event AS
SELECT ticket_id AS ticket, event_id,
       occurred_at, coalesce(sequence, 0) AS sequence,
       event_type::change AS what,
       CASE WHEN event_type = 'status' THEN lower(cleaned(new_value))::status END AS status,
       CASE WHEN event_type IN ('assignee', 'merge') THEN cleaned(new_value)::BIGINT END AS reference,
       event_type = 'spam' AND lower(cleaned(new_value)) = 'true' AS is_spam,
       actor_id AS actor, actor_class::author_class AS stated_class,
       version_of(coalesce(updated_at, occurred_at), dt) AS version
FROM raw_ticket_event;

-- Rows that a newer version replaces.
CREATE TABLE superseded_message AS
WITH repeated AS (
  SELECT ticket, message_id FROM message GROUP BY ALL HAVING count(*) > 1
),
versions AS (
  SELECT list(m.rowid ORDER BY version DESC) AS row_ids
  FROM (SELECT rowid, ticket, message_id, version FROM message) AS m JOIN repeated USING (ticket, message_id)
  GROUP BY ticket, message_id
)
SELECT unnest(row_ids[2:]) AS row_id FROM versions;

CREATE TABLE superseded_event AS
WITH repeated AS (
  SELECT ticket, event_id FROM event GROUP BY ALL HAVING count(*) > 1
),
versions AS (
  SELECT list(e.rowid ORDER BY version DESC) AS row_ids
  FROM (SELECT rowid, ticket, event_id, version FROM event) AS e JOIN repeated USING (ticket, event_id)
  GROUP BY ticket, event_id
)
SELECT unnest(row_ids[2:]) AS row_id FROM versions;

-- A ticket comes again on every day on which something happened: its newest row is looked for by two numbers
-- before any text is read.
CREATE TABLE ticket_row AS
WITH newest AS (
  SELECT ticket_id, max(version_of(updated_at, dt)) AS version FROM raw_ticket GROUP BY ticket_id
)
SELECT ticket_id AS ticket, requester_id AS customer, opened_by_id AS opener,
       direction, lower(cleaned(type)) AS type_code, lower(cleaned(channel)) AS channel_code,
       lower(cleaned(priority)) AS priority_code, lower(cleaned(brand)) AS brand_code, lower(cleaned(team)) AS team_code,
       schedule_id AS schedule, follow_up_of_id AS follow_up_of, merged_into_id AS merged_into,
       coalesce(is_spam, false) AS is_spam, coalesce(is_deleted, false) AS is_deleted,
       coalesce(is_sample, false) AS is_sample, created_at
FROM raw_ticket SEMI JOIN newest
  ON raw_ticket.ticket_id = newest.ticket_id AND version_of(updated_at, dt) = newest.version;

-- One dump can hold the same version twice.
DELETE FROM ticket_row WHERE rowid IN (
  SELECT unnest(list(rowid)[2:]) FROM ticket_row GROUP BY ticket HAVING count(*) > 1
);
