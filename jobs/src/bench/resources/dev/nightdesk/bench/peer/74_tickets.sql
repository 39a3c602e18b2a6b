-- One row per ticket: how it was opened, answered, solved and converted.

COPY (
  WITH last_solve AS (FROM solve WHERE reopened_at IS NULL),
  first_solve AS (FROM solve WHERE cycle_number = 1),
  cycles AS (SELECT ticket, count(*) AS solve_count, count(reopened_at) AS reopen_count FROM solve GROUP BY ticket),
  first_conversion AS (FROM read_parquet('${output}/fact_conversion.parquet') WHERE is_first_of_ticket),
  told AS (
    SELECT t.*, coalesce(o.first_assignee, unassigned()) AS first_assignee, coalesce(o.assignee, unassigned()) AS assignee,
           coalesce(o.status, 'new'::status) AS status,
           CASE WHEN direction_code = 'inbound' THEN o.first_replied_at END AS first_replied_at, first_replied_by,
           -- On the phone the customer waits from the call on.
           coalesce(call.waited_from, t.created_at) AS waited_from, coalesce(call.answered_at, o.first_replied_at) AS waited_to,
           CASE WHEN o.first_replied_at > o.last_written_at OR o.last_written_at IS NULL THEN first_replied_by ELSE last_writer END
             AS last_replied_by,
           f.solved_at AS first_solved_at, f.solver AS first_solver, l.solved_at AS last_solved_at, l.solver AS last_solver, l.touch_count,
           coalesce(solve_count, 0) AS solve_count, coalesce(reopen_count, 0) AS reopen_count,
           v.ordered_at AS converted_at, v.agent_id AS converting_agent, coalesce(v.is_automated, false) AS is_automated_conversion
    FROM ticket_state AS t
    LEFT JOIN outcome AS o ON o.ticket = t.ticket
    LEFT JOIN answered_call AS call ON call.ticket = t.ticket AND call.call = CASE WHEN o.is_first_reply_call THEN o.first_reply_id END
    LEFT JOIN first_solve AS f ON f.ticket = t.ticket
    LEFT JOIN last_solve AS l ON l.ticket = t.ticket
    LEFT JOIN cycles AS y ON y.ticket = t.ticket
    LEFT JOIN first_conversion AS v ON v.ticket_id = t.ticket
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
         CASE WHEN direction_code = 'inbound' THEN coalesce(converting_agent, last_replied_by, unassigned()) ELSE unassigned() END
           AS conversion_agent_id,
         converted_at, is_automated_conversion,
         CASE WHEN direction_code = 'inbound' THEN created_at + getvariable('conversion_window') END AS conversion_matures_at
  FROM told AS t
  JOIN slot AS c ON c.slot = slot_of(created_at)
  JOIN open_time AS cr ON cr.schedule_slot = schedule_slot_of(schedule_number, created_at)
  JOIN open_time AS wf ON wf.schedule_slot = schedule_slot_of(schedule_number, waited_from)
  JOIN open_time AS wt ON wt.schedule_slot = schedule_slot_of(schedule_number, coalesce(waited_to, created_at))
  JOIN open_time AS fs ON fs.schedule_slot = schedule_slot_of(schedule_number, coalesce(first_solved_at, created_at))
  JOIN open_time AS ls ON ls.schedule_slot = schedule_slot_of(schedule_number, coalesce(last_solved_at, created_at))
) TO '${output}/fact_ticket.parquet';
