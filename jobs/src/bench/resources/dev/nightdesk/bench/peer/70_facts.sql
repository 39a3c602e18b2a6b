-- The facts, as files: each row with what its ticket tells of type, channel, brand and team.

COPY (
  SELECT t.ticket AS ticket_id, c.local_date AS ticket_created_date, moved_from AS original_ticket_id, entry_id AS message_id,
         type_code, channel_code, brand_code, team_code, is_counted, direction_code,
         happened_at AS sent_at, person AS author_id, class AS author_class_code,
         CASE class WHEN 'agent'::author_class THEN coalesce(person, unassigned()) WHEN 'customer'::author_class THEN assignee ELSE unassigned() END AS agent_id,
         is_public,
         is_public AND class IN ('customer'::author_class, 'agent'::author_class) AND side_before IS DISTINCT FROM class
           AND coalesce(s.position, t.position) = t.position AS is_exchange_start,
         t.chat_session AS chat_session_id, language AS language_code, body_length,
         CASE WHEN is_public AND class = 'customer'::author_class THEN sentiment_score END AS sentiment_score
  FROM timeline AS t
  JOIN segment USING (segment)
  JOIN slot AS c ON c.slot = slot_of(created_at)
  LEFT JOIN served_session AS s
    ON s.ticket = t.ticket AND s.chat_session = CASE WHEN t.is_public AND t.class = 'agent'::author_class THEN t.chat_session END
  WHERE kind = 'message'::kind
) TO '${output}/fact_message.parquet';

-- Every wait of a customer, from a message to the next human reply or solve. An opening and an ending take turns, so
-- the next row ends the wait.
CREATE TABLE wait AS
SELECT ticket, segment, created_at, episode_number, effective_at AS opened_at, ended_at,
       CASE WHEN ended_at IS NULL THEN 'open' WHEN is_reply_next THEN 'answered' ELSE 'unanswered' END AS outcome_code,
       CASE WHEN is_reply_next THEN coalesce(person_next, unassigned()) ELSE assignee_next END AS agent,
       NOT coalesce(had_reply_next, had_reply) AND is_reply_next IS NOT FALSE AS is_first
FROM (
  SELECT *, ((row_number() OVER w + 1) // 2)::INTEGER AS episode_number, lead(effective_at) OVER w AS ended_at,
         lead(is_reply) OVER w AS is_reply_next, lead(person) OVER w AS person_next, lead(assignee) OVER w AS assignee_next,
         lead(had_reply) OVER w AS had_reply_next
  FROM step
  WHERE opens_wait OR ends_wait
  WINDOW w AS (PARTITION BY ticket ORDER BY position)
)
WHERE opens_wait;

-- Every solve with the reopen after it.
CREATE TABLE solve AS
SELECT ticket, segment, created_at, cycle_number, coalesce(turned_before, created_at) AS started_at, effective_at AS solved_at,
       CASE WHEN class = 'agent'::author_class AND person IS NOT NULL THEN person ELSE assignee END AS solver, class AS solver_class,
       turned_next AS reopened_at, touch_count
FROM (
  SELECT *, ((row_number() OVER w + 1) // 2)::INTEGER AS cycle_number, lag(effective_at) OVER w AS turned_before,
         lead(effective_at) OVER w AS turned_next
  FROM step
  WHERE is_solve OR is_reopen
  WINDOW w AS (PARTITION BY ticket ORDER BY position)
)
WHERE is_solve;

-- What a ticket's history comes to.
CREATE TABLE outcome AS
SELECT ticket,
       arg_min(assignee, position) FILTER (is_assignment AND assignee <> unassigned()) AS first_assignee,
       arg_max(assignee, position) AS assignee, arg_max(status, position) AS status,
       min(position) FILTER (is_reply OR is_answer) AS first_answer,
       arg_min(effective_at, position) FILTER (is_reply OR is_answer) AS first_replied_at,
       coalesce(arg_min(coalesce(person, unassigned()), position) FILTER (is_reply OR is_answer), unassigned()) AS first_replied_by,
       arg_min(entry_id, position) FILTER (is_reply OR is_answer) AS first_reply_id,
       arg_min(is_answer, position) FILTER (is_reply OR is_answer) AS is_first_reply_call,
       max(effective_at) FILTER (is_reply) AS last_written_at,
       arg_max(coalesce(person, unassigned()), position) FILTER (is_reply) AS last_writer
FROM step
GROUP BY ticket;

COPY (
  SELECT w.ticket AS ticket_id, c.local_date AS ticket_created_date, episode_number,
         type_code, channel_code, brand_code, team_code, is_counted, direction_code, opened_at, outcome_code, ended_at, agent AS agent_id,
         CASE WHEN outcome_code = 'answered' THEN seconds_between(opened_at, ended_at) END AS response_seconds,
         CASE WHEN outcome_code = 'answered' THEN
           (open_until(ended_at, e.open_before, e.opens, e.closes) - open_until(opened_at, o.open_before, o.opens, o.closes)) // 1000000
         END AS response_business_seconds,
         is_first
  FROM (
    SELECT ticket, segment, created_at, episode_number, opened_at, ended_at, outcome_code, agent, is_first
    FROM wait WHERE ended_at IS NOT NULL
    UNION ALL
    SELECT ticket, segment, created_at, episode_number, opened_at, NULL, outcome_code, outcome.assignee, is_first
    FROM wait JOIN outcome USING (ticket) WHERE ended_at IS NULL
  ) AS w
  JOIN segment USING (segment)
  JOIN slot AS c ON c.slot = slot_of(created_at)
  JOIN open_time AS o ON o.schedule_slot = schedule_slot_of(schedule_number, opened_at)
  JOIN open_time AS e ON e.schedule_slot = schedule_slot_of(schedule_number, coalesce(ended_at, opened_at))
) TO '${output}/fact_response.parquet';

COPY (
  SELECT s.ticket AS ticket_id, c.local_date AS ticket_created_date, cycle_number,
         type_code, channel_code, brand_code, team_code, is_counted, direction_code, started_at, solved_at, solver AS solved_by_id,
         solver_class AS solver_class_code, reopened_at, cycle_number = 1 AS is_first, reopened_at IS NULL AS is_last,
         seconds_between(started_at, solved_at) AS cycle_seconds,
         (open_until(solved_at, e.open_before, e.opens, e.closes) - open_until(started_at, o.open_before, o.opens, o.closes)) // 1000000
           AS cycle_business_seconds
  FROM solve AS s
  JOIN segment USING (segment)
  JOIN slot AS c ON c.slot = slot_of(created_at)
  JOIN open_time AS o ON o.schedule_slot = schedule_slot_of(schedule_number, started_at)
  JOIN open_time AS e ON e.schedule_slot = schedule_slot_of(schedule_number, solved_at)
) TO '${output}/fact_resolution.parquet';

-- The statuses that a ticket held, one after the other, from new on.
COPY (
  WITH held AS (
    SELECT ticket, segment, created_at, 0 AS position, created_at AS effective_at, NULL::BIGINT AS person, 'unknown'::author_class AS class,
           unassigned() AS assignee, 'new'::status AS status
    FROM head
    WHERE created_at < getvariable('as_of')
    UNION ALL
    SELECT ticket, segment, created_at, position, effective_at, person, class, assignee, status FROM step WHERE is_status_change
  )
  SELECT h.ticket AS ticket_id, c.local_date AS ticket_created_date, row_number() OVER w AS interval_number,
         type_code, channel_code, brand_code, team_code, is_counted, status AS status_code, status >= 'solved'::status AS is_resolved,
         effective_at AS started_at, lead(effective_at) OVER w AS ended_at, person AS started_by_id, class AS started_by_class_code,
         assignee AS assignee_id
  FROM held AS h
  JOIN segment USING (segment)
  JOIN slot AS c ON c.slot = slot_of(created_at)
  WINDOW w AS (PARTITION BY h.ticket ORDER BY position)
) TO '${output}/fact_ticket_status.parquet';
