-- The history of every ticket in its order, in one pass: messages, answers to calls, changes of status and
-- assignee, each with who was assigned then and what came before it.

-- Messages of a ticket merged away are the survivor's; among each other they are ordered by the text of their ids.
CREATE TABLE moved_message AS
SELECT message.rowid AS row_id, survivor,
       4_000_000_000_000_000_000 + row_number() OVER (ORDER BY ticket::VARCHAR || '/' || message_id::VARCHAR) AS place
FROM message JOIN survivor USING (ticket);

-- Answered inbound calls of inbound phone tickets are replies of their first leg's agent.
CREATE TABLE answered_call AS
WITH newest AS (
  SELECT call_id AS call, ticket_id AS ticket, direction, started_at,
         queued_at, answered_at,
         regexp_replace(cleaned(from_json(legs, '[{"agent_id":"VARCHAR"}]')[1].agent_id), '[.]0+$', '')::BIGINT AS agent
  FROM raw_call
  WHERE ticket_id IS NOT NULL
  QUALIFY row_number() OVER (PARTITION BY call_id ORDER BY version_of(updated_at, dt) DESC) = 1
)
SELECT call, coalesce(survivor, c.ticket) AS ticket, survivor IS NOT NULL AS is_moved, agent, answered_at,
       coalesce(queued_at, started_at) AS waited_from
FROM newest AS c LEFT JOIN survivor ON survivor.ticket = c.ticket
JOIN head ON head.ticket = coalesce(survivor, c.ticket)
JOIN segment USING (segment)
WHERE direction = 'inbound' AND answered_at < getvariable('as_of') AND started_at < getvariable('as_of')
  AND channel_code = 'phone' AND direction_code = 'inbound';

CREATE TYPE kind AS ENUM ('message', 'call', 'assignee', 'status');

CREATE TABLE timeline AS
WITH entry AS (
  SELECT coalesce(survivor, ticket) AS ticket, 'message'::kind AS kind, sent_at AS happened_at, sequence,
         coalesce(place, message_id) AS place, message_id AS entry_id, CASE WHEN survivor IS NOT NULL THEN ticket END AS moved_from,
         author AS person, stated_class, is_public, NULL::BIGINT AS assignee, NULL::status AS status,
         chat_session, language, sentiment_score, body_length
  FROM message ANTI JOIN superseded_message AS s ON s.row_id = message.rowid
  LEFT JOIN moved_message AS m ON m.row_id = message.rowid
  WHERE is_delivered
  UNION ALL
  SELECT ticket, what::VARCHAR::kind, occurred_at, sequence, event_id, event_id, NULL, actor, stated_class, NULL,
         CASE WHEN what = 'assignee'::change THEN coalesce(reference, unassigned()) END, status, NULL, NULL, NULL, NULL
  FROM event ANTI JOIN superseded_event AS s ON s.row_id = event.rowid
  WHERE what = 'assignee'::change OR (what = 'status'::change AND status <> 'deleted'::status)
  UNION ALL
  SELECT ticket, 'call', answered_at, 0, call, call, CASE WHEN is_moved THEN 0 END, agent, 'agent', NULL, NULL, NULL, NULL, NULL, NULL, NULL
  FROM answered_call
),
known AS (
  SELECT entry.*, segment, created_at,
         CASE WHEN stated_class IS NOT NULL THEN stated_class
              WHEN person IS NULL THEN 'unknown'::author_class
              ELSE coalesce(role.class, 'customer'::author_class) END AS class
  FROM entry JOIN head USING (ticket)
  LEFT JOIN author_role AS role
    ON role.agent = entry.person AND entry.happened_at >= role.valid_from AND entry.happened_at < role.valid_to
  WHERE happened_at < getvariable('as_of') AND created_at < getvariable('as_of')
)
SELECT ticket, segment, created_at, row_number() OVER w AS position, kind, happened_at,
       entry_id, moved_from, person, class, is_public, status, chat_session, language, sentiment_score, body_length,
       -- The assignee once the entry has happened.
       coalesce(last_value(assignee IGNORE NULLS) OVER until_now, unassigned()) AS assignee,
       assignee IS NOT NULL AS is_assignment,
       coalesce(last_value(status IGNORE NULLS) OVER before, 'new'::status) AS status_before,
       -- Which side wrote last; and the same with answered calls.
       last_value(CASE WHEN is_public AND class IN ('customer'::author_class, 'agent'::author_class) THEN class END IGNORE NULLS) OVER before AS side_before,
       last_value(CASE WHEN kind = 'call'::kind THEN 'bot'::author_class WHEN is_public AND class IN ('customer'::author_class, 'agent'::author_class) THEN class END
         IGNORE NULLS) OVER before = 'bot'::author_class AS is_after_call
FROM known
WINDOW w AS (PARTITION BY ticket ORDER BY happened_at, sequence, kind >= 'assignee'::kind, place),
       until_now AS (PARTITION BY ticket ORDER BY happened_at, sequence, kind >= 'assignee'::kind, place
                     ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW),
       before AS (PARTITION BY ticket ORDER BY happened_at, sequence, kind >= 'assignee'::kind, place
                  ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING);
