-- The entries that change something: replies, calls, assignments, changes of status, and the messages that make a
-- customer wait.

-- The message with which an agent opened an outbound ticket is no reply.
CREATE OR REPLACE TEMP TABLE opening AS
SELECT ticket, min(position) AS position
FROM timeline JOIN segment USING (segment)
WHERE direction_code = 'outbound' AND kind = 'message'::kind AND is_public AND moved_from IS NULL
GROUP BY ticket
HAVING arg_min(class, position) = 'agent';

-- All agent lines of a chat session are one exchange, which begins with the first.
CREATE OR REPLACE TEMP TABLE served_session AS
SELECT ticket, chat_session, min(position) AS position
FROM timeline
WHERE kind = 'message'::kind AND is_public AND class = 'agent'::author_class AND chat_session IS NOT NULL
GROUP BY ticket, chat_session;

CREATE OR REPLACE TEMP TABLE step AS
WITH meaning AS (
  SELECT t.*, greatest(happened_at, created_at) AS effective_at,
         -- What came with a merged ticket before this one was created was that ticket's affair.
         is_public AND class = 'customer'::author_class AND (happened_at >= created_at OR moved_from IS NULL) AS makes_wait,
         is_public AND class = 'agent'::author_class AND happened_at >= created_at AND o.position IS DISTINCT FROM t.position AS is_reply,
         kind = 'call'::kind AND (happened_at >= created_at OR moved_from IS NULL) AS is_answer,
         kind = 'status'::kind AND status >= 'solved'::status AND status_before < 'solved'::status AS is_solve,
         kind = 'status'::kind AND status < 'solved'::status AND status_before >= 'solved'::status AS is_reopen,
         (kind = 'call'::kind OR (is_public AND class = 'agent'::author_class AND side_before IS DISTINCT FROM 'agent'::author_class AND is_after_call IS NOT TRUE
           AND o.position IS DISTINCT FROM t.position AND coalesce(s.position, t.position) = t.position)) IS TRUE AS is_touch
  FROM timeline AS t
  LEFT JOIN opening AS o ON o.ticket = t.ticket
  LEFT JOIN served_session AS s
    ON s.ticket = t.ticket AND s.chat_session = CASE WHEN t.is_public AND t.class = 'agent'::author_class THEN t.chat_session END
),
followed AS (
  SELECT *,
         coalesce(last_value(CASE WHEN makes_wait THEN true WHEN is_reply OR is_solve THEN false END IGNORE NULLS) OVER before,
           false) AS was_waiting,
         coalesce(last_value(CASE WHEN is_reply THEN true END IGNORE NULLS) OVER before, false) AS had_reply,
         sum(is_touch::TINYINT) OVER (PARTITION BY ticket ORDER BY position ROWS UNBOUNDED PRECEDING)::INTEGER AS touch_count
  FROM meaning
  WINDOW before AS (PARTITION BY ticket ORDER BY position ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING)
)
SELECT ticket, segment, created_at, position, kind, effective_at, entry_id, person, class, assignee, is_assignment,
       coalesce(status, status_before) AS status, coalesce(status <> status_before, false) AS is_status_change,
       coalesce(is_reply, false) AS is_reply, is_answer, is_solve IS TRUE AS is_solve, is_reopen IS TRUE AS is_reopen,
       makes_wait IS TRUE AND NOT was_waiting AS opens_wait, (is_reply IS TRUE OR is_solve IS TRUE) AND was_waiting AS ends_wait,
       CASE WHEN makes_wait THEN true WHEN is_reply OR is_solve THEN false ELSE was_waiting END AS is_waiting,
       had_reply, touch_count
FROM followed
WHERE kind IN ('call'::kind, 'assignee'::kind) OR is_reply OR status <> status_before OR (makes_wait AND NOT was_waiting);
