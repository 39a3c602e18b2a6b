-- The history of every ticket in its order, in one pass: messages, answers to calls, changes of status and
-- assignee, each with who was assigned then and what came before it.
CREATE OR REPLACE TEMP TABLE timeline AS
WITH entry AS (
  SELECT ticket, 'message'::kind AS kind, sent_at AS happened_at, sequence, message_id AS place, message_id AS entry_id,
         NULL::BIGINT AS moved_from, author AS person, stated_class, is_public, NULL::BIGINT AS assignee, NULL::status AS status,
         chat_session, language, sentiment_score, body_length
  FROM message
  ANTI JOIN superseded_message AS s ON s.row_id = message.rowid
  ANTI JOIN survivor USING (ticket)
  WHERE is_delivered AND ticket BETWEEN ${first_ticket} AND ${last_ticket}
  UNION ALL
  SELECT survivor, 'message', sent_at, sequence, place, message_id, ticket, author, stated_class, is_public, NULL, NULL,
         chat_session, language, sentiment_score, body_length
  FROM moved_message
  WHERE is_delivered AND survivor BETWEEN ${first_ticket} AND ${last_ticket}
  UNION ALL
  SELECT ticket, CASE what WHEN 'status'::change THEN 'status'::kind ELSE 'assignee'::kind END, occurred_at, sequence, event_id, event_id,
         NULL, actor, stated_class, NULL,
         CASE WHEN what = 'assignee'::change THEN coalesce(reference, unassigned()) END, status, NULL, NULL, NULL, NULL
  FROM event
  ANTI JOIN superseded_event AS s ON s.row_id = event.rowid
  WHERE ticket BETWEEN ${first_ticket} AND ${last_ticket}
    AND (what = 'assignee'::change OR (what = 'status'::change AND status <> 'deleted'::status))
  UNION ALL
  SELECT ticket, 'call', answered_at, 0, call, call, CASE WHEN is_moved THEN 0 END, agent, 'agent', NULL, NULL, NULL, NULL, NULL, NULL, NULL
  FROM answered_call
  WHERE ticket BETWEEN ${first_ticket} AND ${last_ticket}
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
