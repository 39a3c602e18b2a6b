-- How a ticket enters and leaves the unresolved work of its assignees. What happens at one instant counts as one
-- change, by the state after all of it; an unresolved ticket also changes when it gets 1, 3, 7 and 30 days old.

CREATE OR REPLACE TEMP TABLE backlog_state AS
WITH instants AS (
  SELECT ticket, segment, created_at, 0 AS position, created_at AS changed_at, unassigned() AS assignee, 'new'::status AS status,
         false AS is_waiting
  FROM head
  WHERE created_at < getvariable('as_of') AND ticket BETWEEN ${first_ticket} AND ${last_ticket}
  UNION ALL
  SELECT ticket, segment, created_at, position, effective_at, assignee, status, is_waiting
  FROM step
  WHERE is_assignment OR is_status_change OR opens_wait OR ends_wait
),
last_of_instant AS (
  SELECT *
  FROM instants
  QUALIFY lead(changed_at) OVER (PARTITION BY ticket ORDER BY position) IS DISTINCT FROM changed_at
)
SELECT ticket, segment, created_at, changed_at, assignee, status, is_waiting,
       -- Before its creation a ticket is in nobody's work: as if it were closed.
       lag(assignee, 1, unassigned()) OVER w AS assignee_before, lag(status, 1, 'closed'::status) OVER w AS status_before,
       lag(is_waiting, 1, false) OVER w AS was_waiting, lead(changed_at) OVER w AS next_at
FROM last_of_instant
WINDOW w AS (PARTITION BY ticket ORDER BY changed_at);

-- The same assignee before and after: one row with the difference. Another one: what leaves, and what enters.
COPY (
  WITH sides AS (
    SELECT ticket, segment, created_at, changed_at, status, status_before, is_waiting, was_waiting, assignee AS agent,
           (status < 'solved'::status)::TINYINT AS entering, (status_before < 'solved'::status)::TINYINT AS leaving
    FROM backlog_state
    WHERE assignee = assignee_before
    UNION ALL
    SELECT ticket, segment, created_at, changed_at, status, status_before, is_waiting, was_waiting, assignee_before, 0, 1
    FROM backlog_state
    WHERE assignee <> assignee_before AND status_before < 'solved'::status
    UNION ALL
    SELECT ticket, segment, created_at, changed_at, status, status_before, is_waiting, was_waiting, assignee, 1, 0
    FROM backlog_state
    WHERE assignee <> assignee_before AND status < 'solved'::status
  ),
  banded AS (
    SELECT *, age_band(epoch_us(changed_at) - epoch_us(created_at)) AS band,
           age_band(epoch_us(changed_at) - epoch_us(created_at) - 1) AS band_before
    FROM sides
    WHERE entering + leaving > 0
  ),
  changes AS (
    SELECT ticket, segment, created_at, changed_at, agent, entering - leaving AS backlog_change,
           (entering - leaving) * (agent = unassigned())::TINYINT AS unassigned_change,
           entering * is_waiting::TINYINT - leaving * was_waiting::TINYINT AS customer_waiting_change,
           entering * (status = 'new'::status)::TINYINT - leaving * (status_before = 'new'::status)::TINYINT AS new_change,
           entering * (status = 'open'::status)::TINYINT - leaving * (status_before = 'open'::status)::TINYINT AS open_change,
           entering * (status = 'pending'::status)::TINYINT - leaving * (status_before = 'pending'::status)::TINYINT AS pending_change,
           entering * (status = 'hold'::status)::TINYINT - leaving * (status_before = 'hold'::status)::TINYINT AS hold_change,
           entering * (band = 0)::TINYINT - leaving * (band_before = 0)::TINYINT AS under_1_day_change,
           entering * (band = 1)::TINYINT - leaving * (band_before = 1)::TINYINT AS from_1_to_3_days_change,
           entering * (band = 2)::TINYINT - leaving * (band_before = 2)::TINYINT AS from_3_to_7_days_change,
           entering * (band = 3)::TINYINT - leaving * (band_before = 3)::TINYINT AS from_7_to_30_days_change,
           entering * (band = 4)::TINYINT - leaving * (band_before = 4)::TINYINT AS over_30_days_change
    FROM banded
    WHERE entering <> leaving OR is_waiting <> was_waiting OR status <> status_before OR band <> band_before
    UNION ALL
    -- Birthdays between two changes, also those of an open ticket that lie ahead.
    SELECT ticket, segment, created_at, created_at + to_days(days), assignee, 0, 0, 0, 0, 0, 0, 0,
           -(days = 1)::TINYINT, (days = 1)::TINYINT - (days = 3)::TINYINT, (days = 3)::TINYINT - (days = 7)::TINYINT,
           (days = 7)::TINYINT - (days = 30)::TINYINT, (days = 30)::TINYINT
    FROM (
      SELECT ticket, segment, created_at, assignee, epoch_us(changed_at) - epoch_us(created_at) AS age,
             epoch_us(next_at) - epoch_us(created_at) AS next_age
      FROM backlog_state
      WHERE status < 'solved'::status AND (next_at IS NULL OR next_at > created_at + INTERVAL 1 DAY)
    ), (VALUES (1), (3), (7), (30)) AS birthday(days)
    WHERE days * 86_400_000_000 > age AND (next_age IS NULL OR days * 86_400_000_000 < next_age)
  )
  SELECT h.ticket AS ticket_id, c.local_date AS ticket_created_date, type_code, channel_code, brand_code, team_code, is_counted,
         changed_at, agent AS agent_id,
         h.* EXCLUDE (ticket, segment, created_at, changed_at, agent)
  FROM changes AS h
  JOIN segment USING (segment)
  JOIN slot AS c ON c.slot = slot_of(created_at)
) TO '${output}/fact_backlog_change/${shard}.parquet';
