-- What is known of a ticket before its history is read: who opened it, whether it counts, which ticket it was
-- merged into. What many tickets share (type, channel, direction, schedule, counted or not) becomes one number, the
-- segment, so that histories carry four bytes of it.

-- The last word of the few events that decide about a ticket as a whole.
CREATE TABLE verdict AS
SELECT ticket,
       arg_max(is_spam, (occurred_at, sequence, event_id)) FILTER (what = 'spam'::change) AS is_spam,
       arg_max(reference, (occurred_at, sequence, event_id)) FILTER (what = 'merge'::change) AS merged_into
FROM event ANTI JOIN superseded_event ON event.rowid = row_id
WHERE what IN ('spam'::change, 'merge'::change) AND occurred_at < getvariable('as_of')
GROUP BY ticket;

CREATE TABLE deleted_ticket AS
WITH ever AS (
  SELECT DISTINCT ticket FROM event ANTI JOIN superseded_event ON event.rowid = row_id
  WHERE status = 'deleted'::status AND occurred_at < getvariable('as_of')
)
SELECT ticket
FROM event ANTI JOIN superseded_event ON event.rowid = row_id SEMI JOIN ever USING (ticket)
WHERE what = 'status'::change AND occurred_at < getvariable('as_of')
GROUP BY ticket
HAVING arg_max(status, (occurred_at, sequence, event_id)) = 'deleted'::status;

CREATE TABLE survivor AS
WITH RECURSIVE merged AS (
  SELECT ticket, coalesce(r.merged_into, v.merged_into) AS target
  FROM ticket_row AS r FULL JOIN verdict AS v USING (ticket)
  WHERE coalesce(r.merged_into, v.merged_into) IS NOT NULL
),
-- A circle of merges comes to no end: its pairs repeat, and no survivor is found.
chain(ticket, target) AS (
  FROM merged
  UNION
  SELECT chain.ticket, merged.target FROM chain JOIN merged ON merged.ticket = chain.target
)
SELECT ticket, target AS survivor
FROM chain ANTI JOIN merged ON merged.ticket = chain.target;

CREATE TABLE ticket_state AS
SELECT r.ticket, r.created_at, customer, opener, r.priority_code, follow_up_of,
       coalesce(r.merged_into, v.merged_into) AS merged_into,
       r.is_spam OR coalesce(v.is_spam, false) AS is_spam, r.is_deleted OR d.ticket IS NOT NULL AS is_deleted, is_sample,
       coalesce(type_code, 'unspecified') AS type_code, coalesce(channel_code, 'unspecified') AS channel_code,
       coalesce(brand_code, 'unspecified') AS brand_code, coalesce(team_code, 'unspecified') AS team_code,
       -- Outbound is what somebody opened who was an agent then.
       coalesce(direction, CASE WHEN role.class = 'agent'::author_class THEN 'outbound' ELSE 'inbound' END) AS direction_code,
       coalesce(s.number, getvariable('default_schedule')) AS schedule_number,
       r.created_at < getvariable('as_of') AND NOT (r.is_spam OR coalesce(v.is_spam, false)) AND NOT is_sample
         AND NOT (r.is_deleted OR d.ticket IS NOT NULL) AND coalesce(r.merged_into, v.merged_into) IS NULL AS is_counted
FROM ticket_row AS r
LEFT JOIN verdict AS v ON v.ticket = r.ticket
LEFT JOIN deleted_ticket AS d ON d.ticket = r.ticket
LEFT JOIN schedule_number AS s ON s.schedule = r.schedule
LEFT JOIN author_role AS role ON role.agent = r.opener AND r.created_at >= role.valid_from AND r.created_at < role.valid_to;

CREATE TABLE segment AS
SELECT row_number() OVER ()::INTEGER AS segment, *
FROM (
  SELECT DISTINCT type_code, channel_code, brand_code, team_code, direction_code, schedule_number, is_counted FROM ticket_state
);

-- What histories are joined with.
CREATE TABLE head AS
SELECT ticket, created_at, segment
FROM ticket_state
JOIN segment USING (type_code, channel_code, brand_code, team_code, direction_code, schedule_number, is_counted);

-- Messages of a ticket merged away are the survivor's; among each other they are ordered by the text of their ids.
CREATE TABLE moved_message AS
SELECT survivor, 4_000_000_000_000_000_000 + row_number() OVER (ORDER BY ticket::VARCHAR || '/' || message_id::VARCHAR) AS place, message.*
FROM message
ANTI JOIN superseded_message ON message.rowid = row_id
JOIN survivor USING (ticket);

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

-- Histories are read for so many tickets at a time that all their entries fit into memory.
CREATE TABLE shard AS
SELECT number, min(ticket) AS first_ticket, max(ticket) AS last_ticket
FROM (SELECT ticket, (row_number() OVER (ORDER BY ticket) - 1) // 300_000 AS number FROM head)
GROUP BY number
ORDER BY number;

CREATE TYPE kind AS ENUM ('message', 'call', 'assignee', 'status');
