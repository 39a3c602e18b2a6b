-- What Nightdesk reads from nightdesk.yaml, and the words that take one byte instead of many.
-- Peer.java has set last_date, the latest dump that counts.
SET TimeZone = 'UTC';

SET VARIABLE source = 'helpdesk';
SET VARIABLE zone = 'Europe/Berlin';
SET VARIABLE calling_code = '+49';
SET VARIABLE conversion_window = INTERVAL 5 DAY;

-- The first instant that is not known any more: midnight after the last dump, in UTC.
SET VARIABLE as_of = timezone(getvariable('zone'), (getvariable('last_date') + 1)::TIMESTAMP)::TIMESTAMP;

-- Ordered as they compare: from solved on a ticket is resolved.
CREATE TYPE status AS ENUM ('new', 'open', 'pending', 'hold', 'solved', 'closed', 'deleted');
CREATE TYPE author_class AS ENUM ('customer', 'agent', 'bot', 'unknown');
CREATE TYPE change AS ENUM ('status', 'assignee', 'priority', 'type', 'spam', 'merge', 'sla_policy');

-- Texts are trimmed, an empty one is none.
CREATE MACRO cleaned(words) AS nullif(trim(words), '');

-- Newer is greater: by the record's own instant, then by the dump's date (which has eleven years).
CREATE MACRO version_of(instant, dt) AS
  (epoch_us(instant) - epoch_us(TIMESTAMP '2000-01-01')) * 4096 + 4095 - (getvariable('last_date') - dt);

CREATE MACRO seconds_between(from_instant, to_instant) AS
  (epoch_us(to_instant) - epoch_us(from_instant)) // 1000000;

-- Under 1 day, of 1 to 3, 3 to 7, 7 to 30 days, and over: 0 to 4, by microseconds.
CREATE MACRO age_band(age) AS
  (age >= 86_400_000_000)::TINYINT + (age >= 259_200_000_000)::TINYINT + (age >= 604_800_000_000)::TINYINT
  + (age >= 2_592_000_000_000)::TINYINT;

-- Nobody, where an agent is expected.
CREATE MACRO unassigned() AS -1::BIGINT;

-- The first whole number of every histogram bucket: one wide up to 200, then one per cent.
CREATE TABLE bucket AS
WITH RECURSIVE floors(bucket, floor) AS (
  SELECT 0::SMALLINT, 0::BIGINT
  UNION ALL
  SELECT bucket + 1, floor + greatest(1, floor // 100) FROM floors WHERE floor < 100_000_000_000
)
SELECT bucket, floor FROM floors;
