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
) TO '${output}/fact_message/${shard}.parquet';

-- Every wait of a customer, from a message to the next human reply or solve. An opening and an ending take turns, so
-- the next row ends the wait.
CREATE OR REPLACE TEMP TABLE wait AS
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
CREATE OR REPLACE TEMP TABLE solve AS
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
CREATE OR REPLACE TEMP TABLE outcome AS
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
) TO '${output}/fact_response/${shard}.parquet';

-- The answers that count, with the day of the answer before: on the same ticket, and on the same ticket by the same
-- agent. A ticket is counted once per period, and days are in order, so that the first answer of a period is one whose
-- former lies in another.
COPY (
  SELECT agent_id, type_code, channel_code, local_date, response_seconds, response_business_seconds,
         lag(local_date) OVER (PARTITION BY ticket_id ORDER BY episode_number) AS date_before,
         lag(local_date) OVER (PARTITION BY ticket_id, agent_id ORDER BY episode_number) AS agent_date_before
  FROM read_parquet('${output}/fact_response/${shard}.parquet') JOIN slot ON slot.slot = slot_of(ended_at)
  WHERE is_counted AND direction_code = 'inbound' AND outcome_code = 'answered'
) TO '${output}/work/answer/${shard}.parquet';

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
) TO '${output}/fact_resolution/${shard}.parquet';

-- The statuses that a ticket held, one after the other, from new on.
COPY (
  WITH held AS (
    SELECT ticket, segment, created_at, 0 AS position, created_at AS effective_at, NULL::BIGINT AS person, 'unknown'::author_class AS class,
           unassigned() AS assignee, 'new'::status AS status
    FROM head
    WHERE created_at < getvariable('as_of') AND ticket BETWEEN ${first_ticket} AND ${last_ticket}
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
) TO '${output}/fact_ticket_status/${shard}.parquet';

-- One row per ticket: how it was opened, answered and solved.
COPY (
  WITH last_solve AS (FROM solve WHERE reopened_at IS NULL),
  first_solve AS (FROM solve WHERE cycle_number = 1),
  cycles AS (SELECT ticket, count(*) AS solve_count, count(reopened_at) AS reopen_count FROM solve GROUP BY ticket),
  told AS (
    SELECT t.*, coalesce(o.first_assignee, unassigned()) AS first_assignee, coalesce(o.assignee, unassigned()) AS assignee,
           coalesce(o.status, 'new'::status) AS status,
           CASE WHEN direction_code = 'inbound' THEN o.first_replied_at END AS first_replied_at, first_replied_by,
           -- On the phone the customer waits from the call on.
           coalesce(call.waited_from, t.created_at) AS waited_from, coalesce(call.answered_at, o.first_replied_at) AS waited_to,
           CASE WHEN o.first_replied_at > o.last_written_at OR o.last_written_at IS NULL THEN first_replied_by ELSE last_writer END
             AS last_replied_by,
           f.solved_at AS first_solved_at, f.solver AS first_solver, l.solved_at AS last_solved_at, l.solver AS last_solver, l.touch_count,
           coalesce(solve_count, 0) AS solve_count, coalesce(reopen_count, 0) AS reopen_count
    FROM ticket_state AS t
    LEFT JOIN outcome AS o ON o.ticket = t.ticket
    LEFT JOIN answered_call AS call ON call.ticket = t.ticket AND call.call = CASE WHEN o.is_first_reply_call THEN o.first_reply_id END
    LEFT JOIN first_solve AS f ON f.ticket = t.ticket
    LEFT JOIN last_solve AS l ON l.ticket = t.ticket
    LEFT JOIN cycles AS y ON y.ticket = t.ticket
    WHERE t.ticket BETWEEN ${first_ticket} AND ${last_ticket}
  )
  SELECT t.ticket AS ticket_id, customer AS customer_id, opener AS opener_id, direction_code, type_code, channel_code, brand_code, team_code,
         is_counted, priority_code, status AS status_code, status >= 'solved'::status AS is_resolved, is_spam, is_deleted, is_sample,
         merged_into AS merged_into_id, follow_up_of AS follow_up_of_id, created_at, c.local_date AS ticket_created_date,
         CASE WHEN direction_code = 'outbound' AND opener IS NOT NULL THEN opener ELSE first_assignee END AS created_agent_id,
         assignee AS assignee_id,
         first_replied_at, CASE WHEN first_replied_at IS NOT NULL THEN first_replied_by END AS first_replied_by_id,
         CASE WHEN first_replied_at IS NOT NULL THEN seconds_between(waited_from, waited_to) END AS first_response_seconds,
         CASE WHEN first_replied_at IS NOT NULL THEN
           (open_until(waited_to, wt.open_before, wt.opens, wt.closes) - open_until(waited_from, wf.open_before, wf.opens, wf.closes))
             // 1000000 END AS first_response_business_seconds,
         first_solved_at, first_solver AS first_solved_by_id,
         seconds_between(created_at, first_solved_at) AS first_resolution_seconds,
         CASE WHEN first_solved_at IS NOT NULL THEN
           (open_until(first_solved_at, fs.open_before, fs.opens, fs.closes) - open_until(created_at, cr.open_before, cr.opens, cr.closes))
             // 1000000 END AS first_resolution_business_seconds,
         last_solved_at, last_solver AS last_solved_by_id,
         seconds_between(created_at, last_solved_at) AS resolution_seconds,
         CASE WHEN last_solved_at IS NOT NULL THEN
           (open_until(last_solved_at, ls.open_before, ls.opens, ls.closes) - open_until(created_at, cr.open_before, cr.opens, cr.closes))
             // 1000000 END AS resolution_business_seconds,
         solve_count, reopen_count, touch_count,
         CASE WHEN direction_code = 'inbound' THEN coalesce(last_replied_by, unassigned()) ELSE unassigned() END AS last_replied_by_id,
         CASE WHEN direction_code = 'inbound' THEN created_at + getvariable('conversion_window') END AS conversion_matures_at
  FROM told AS t
  JOIN slot AS c ON c.slot = slot_of(created_at)
  JOIN open_time AS cr ON cr.schedule_slot = schedule_slot_of(schedule_number, created_at)
  JOIN open_time AS wf ON wf.schedule_slot = schedule_slot_of(schedule_number, waited_from)
  JOIN open_time AS wt ON wt.schedule_slot = schedule_slot_of(schedule_number, coalesce(waited_to, created_at))
  JOIN open_time AS fs ON fs.schedule_slot = schedule_slot_of(schedule_number, coalesce(first_solved_at, created_at))
  JOIN open_time AS ls ON ls.schedule_slot = schedule_slot_of(schedule_number, coalesce(last_solved_at, created_at))
) TO '${output}/work/ticket/${shard}.parquet';

-- Whether an agent or a bot answered before an order, and which agent last did; of replies of one instant the later.
COPY (
  WITH reply AS (
    SELECT ticket, effective_at AS replied_at, position, coalesce(person, unassigned()) AS agent FROM step WHERE is_reply
    UNION ALL
    -- The first reply, which can be a call, stands before the messages of its instant.
    SELECT ticket, first_replied_at, -1, first_replied_by FROM outcome WHERE first_replied_at IS NOT NULL
    UNION ALL
    SELECT ticket, happened_at, position, NULL FROM timeline WHERE is_public AND class = 'bot'::author_class AND happened_at >= created_at
  )
  SELECT ticket, created_at, order_id, arg_max(agent, (replied_at, position)) FILTER (replied_at < ordered_at) AS agent_before,
         arg_max(agent, (replied_at, position)) AS agent_ever
  FROM candidate JOIN reply USING (ticket)
  GROUP BY ticket, created_at, order_id, ordered_at
  HAVING min(replied_at) < ordered_at
) TO '${output}/work/answered_candidate/${shard}.parquet';

-- The assignees when surveys were sent and answered, all entries of that instant included.
COPY (
  SELECT survey, arg_max(assignee, position) FILTER (effective_at <= sent_at) AS sent_agent,
         arg_max(assignee, position) FILTER (effective_at <= answered_at) AS answered_agent
  FROM survey JOIN step USING (ticket)
  WHERE is_assignment
  GROUP BY survey
) TO '${output}/work/rated/${shard}.parquet';
