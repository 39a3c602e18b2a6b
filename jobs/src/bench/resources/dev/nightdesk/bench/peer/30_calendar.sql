-- Time in quarters of an hour, in which neither a zone's offset nor the state of being open changes twice:
-- what day it is, and how long a schedule has been open, then is a look-up in a small table.

CREATE TABLE schedule_version AS
SELECT schedule_id AS schedule, time_zone, coalesce(is_default, false) AS is_default,
       -- The earliest version also holds backwards.
       CASE WHEN row_number() OVER w > 1 THEN valid_from ELSE TIMESTAMP '-infinity' END AS valid_from,
       lead(valid_from, 1, TIMESTAMP 'infinity') OVER w AS valid_to,
       from_json(weekly_hours, '[{"day":"VARCHAR","opens":"VARCHAR","closes":"VARCHAR"}]') AS weekly_hours,
       from_json(holidays, '[{"first_date":"DATE","last_date":"DATE"}]') AS holidays
FROM (
  FROM raw_schedule
  QUALIFY row_number() OVER (PARTITION BY schedule_id, valid_from ORDER BY version_of(updated_at, dt) DESC) = 1
)
WINDOW w AS (PARTITION BY schedule_id ORDER BY valid_from NULLS FIRST);

-- A number per schedule; 0 is open at all times, for tickets of a source without a schedule.
CREATE TABLE schedule_number AS
SELECT schedule, bool_or(is_default) AS is_default, row_number() OVER (ORDER BY schedule::VARCHAR)::INTEGER AS number
FROM schedule_version
GROUP BY schedule;

SET VARIABLE default_schedule =
  (SELECT coalesce(min(number) FILTER (is_default), 0) FROM schedule_number);
SET VARIABLE first_slot = (
  SELECT epoch_us(least((SELECT min(created_at) FROM ticket_row), (SELECT min(sent_at) FROM message),
                        (SELECT min(sent_at)::TIMESTAMP FROM raw_survey))) // 900_000_000);
-- Two days more than are known: a dump may be ahead of its date by that much.
SET VARIABLE slot_count = epoch_us(getvariable('as_of')) // 900_000_000 - getvariable('first_slot') + 193;

CREATE MACRO slot_of(instant) AS greatest(epoch_us(instant) // 900_000_000 - getvariable('first_slot'), 0);
CREATE MACRO start_of_slot(slot) AS make_timestamp((slot + getvariable('first_slot')) * 900_000_000);

CREATE TABLE slot AS
SELECT slot, start_at, local_at, local_at::DATE AS local_date,
       start_at - (local_at - date_trunc('hour', local_at)) AS hour_start_at
FROM (
  SELECT range::INTEGER AS slot, start_of_slot(range) AS start_at,
         timezone(getvariable('zone'), start_of_slot(range)::TIMESTAMPTZ) AS local_at
  FROM range(getvariable('slot_count'))
);

-- Offsets of the zones of schedules, from when until when: with two days to spare at either end.
CREATE TABLE zone_offset AS
WITH offsets AS (
  SELECT time_zone, at_utc, timezone(time_zone, at_utc::TIMESTAMPTZ) - at_utc AS ahead
  FROM (SELECT DISTINCT time_zone FROM schedule_version),
       (SELECT start_of_slot(range) AS at_utc FROM range(-192, getvariable('slot_count') + 192))
),
changes AS (
  SELECT *
  FROM offsets
  QUALIFY ahead IS DISTINCT FROM lag(ahead) OVER (PARTITION BY time_zone ORDER BY at_utc)
)
SELECT time_zone, ahead, at_utc AS valid_from,
       lead(at_utc, 1, TIMESTAMP 'infinity') OVER (PARTITION BY time_zone ORDER BY at_utc) AS valid_to
FROM changes;

-- Open hours day by day. What lies behind midnight belongs to the day on which it opens, but a holiday closes its
-- own day from midnight to midnight.
CREATE TABLE open_interval AS
WITH days AS (
  SELECT range::DATE AS local_date
  FROM range((start_of_slot(0) - INTERVAL 2 DAY)::DATE::TIMESTAMP, getvariable('as_of') + INTERVAL 2 DAY, INTERVAL 1 DAY)
),
hours AS (
  SELECT schedule, time_zone, valid_from, valid_to, holidays, local_date, opens,
         closes + CASE WHEN closes <= opens THEN 1440 ELSE 0 END AS closes
  FROM (
    SELECT schedule, time_zone, valid_from, valid_to, holidays, lower(h.day) AS weekday,
           h.opens[1:2]::INTEGER * 60 + h.opens[4:5]::INTEGER AS opens,
           h.closes[1:2]::INTEGER * 60 + h.closes[4:5]::INTEGER AS closes
    FROM (SELECT *, unnest(weekly_hours) AS h FROM schedule_version)
  ) JOIN days ON lower(dayname(local_date)) = weekday
),
pieces AS (
  SELECT schedule, time_zone, valid_from, valid_to, holidays, local_date, opens, least(closes, 1440) AS closes FROM hours
  UNION ALL
  SELECT schedule, time_zone, valid_from, valid_to, holidays, local_date + 1, 0, closes - 1440 FROM hours WHERE closes > 1440
),
wall AS (
  SELECT schedule, time_zone, valid_from, valid_to, row_number() OVER () AS piece,
         local_date::TIMESTAMP + to_minutes(opens) AS opens_at, local_date::TIMESTAMP + to_minutes(closes) AS closes_at
  FROM pieces
  WHERE coalesce(len(list_filter(holidays, h -> local_date BETWEEN h.first_date AND coalesce(h.last_date, h.first_date))), 0) = 0
),
-- A local time that the clock skips is the instant of the skip; one that comes twice is its first.
utc AS (
  SELECT piece, schedule,
         greatest(w.valid_from, min(greatest(opens_at - ahead, z.valid_from)) FILTER (opens_at - ahead < z.valid_to)) AS opens_at,
         least(w.valid_to, min(greatest(closes_at - ahead, z.valid_from)) FILTER (closes_at - ahead < z.valid_to)) AS closes_at
  FROM wall AS w JOIN zone_offset AS z USING (time_zone)
  GROUP BY piece, schedule, w.valid_from, w.valid_to
),
-- Overlapping hours count once.
grouped AS (
  SELECT schedule, opens_at, closes_at,
         sum(begins) OVER (PARTITION BY schedule ORDER BY opens_at, closes_at ROWS UNBOUNDED PRECEDING) AS stretch
  FROM (
    SELECT schedule, opens_at, closes_at,
           CASE WHEN opens_at <= max(closes_at) OVER (PARTITION BY schedule ORDER BY opens_at, closes_at
             ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING) THEN 0 ELSE 1 END AS begins
    FROM utc
    WHERE opens_at < closes_at
  )
)
SELECT schedule, min(opens_at) AS opens_at, max(closes_at) AS closes_at
FROM grouped
GROUP BY schedule, stretch;

-- Per schedule and quarter of an hour: the open time before it, and the open stretch in it.
CREATE TABLE open_time AS
WITH parts AS (
  SELECT number, slot, greatest(opens_at, start_of_slot(slot)) AS opens_at, least(closes_at, start_of_slot(slot + 1)) AS closes_at
  FROM (
    SELECT number, opens_at, closes_at,
           unnest(range(greatest(slot_of(opens_at), 0), least(slot_of(closes_at) + 1, getvariable('slot_count')))) AS slot
    FROM open_interval JOIN schedule_number USING (schedule)
  )
  WHERE least(closes_at, start_of_slot(slot + 1)) > greatest(opens_at, start_of_slot(slot))
),
per_slot AS (
  SELECT number, slot, epoch_us(min(opens_at)) AS opens, epoch_us(max(closes_at)) AS closes,
         CASE WHEN count(*) > 1 THEN error('a schedule opens twice within a quarter of an hour: make the slots shorter') END AS check
  FROM parts
  GROUP BY number, slot
)
SELECT (s.number * getvariable('slot_count') + slot.slot)::INTEGER AS schedule_slot,
       coalesce(opens, epoch_us(slot.start_at)) AS opens, coalesce(closes, epoch_us(slot.start_at)) AS closes,
       coalesce(sum(closes - opens) OVER (PARTITION BY s.number ORDER BY slot.slot
         ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING), 0)::BIGINT AS open_before
FROM (SELECT number FROM schedule_number) AS s CROSS JOIN slot
LEFT JOIN per_slot ON per_slot.number = s.number AND per_slot.slot = slot.slot
UNION ALL
-- Open at all times.
SELECT slot, epoch_us(start_at), epoch_us(start_at) + 900_000_000, slot * 900_000_000::BIGINT FROM slot;

CREATE MACRO schedule_slot_of(schedule_number, instant) AS
  (schedule_number * getvariable('slot_count') + slot_of(instant))::INTEGER;

-- Open microseconds until an instant, of the slot that holds it.
CREATE MACRO open_until(instant, open_before, opens, closes) AS
  open_before + greatest(0, least(epoch_us(instant), closes) - opens);

-- The periods that hold a day.
CREATE TABLE period AS
SELECT local_date, grain_code, period_start_date
FROM (
  SELECT local_date, unnest([
    {'grain_code': 'day', 'period_start_date': local_date},
    {'grain_code': 'week', 'period_start_date': date_trunc('week', local_date)::DATE},
    {'grain_code': 'month', 'period_start_date': date_trunc('month', local_date)::DATE},
    {'grain_code': 'quarter', 'period_start_date': date_trunc('quarter', local_date)::DATE}], recursive := true)
  FROM (SELECT DISTINCT local_date FROM slot)
);
