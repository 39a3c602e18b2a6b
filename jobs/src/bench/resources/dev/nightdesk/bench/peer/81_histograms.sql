-- Percentiles by the buckets that Nightdesk has: counts and sums per bucket add up over days.

-- Buckets are at least 1/150 wide, so of numbers with the same key at most one bucket begins: a key leads to a bucket
-- and to the number from which on it is the next one.
CREATE MACRO bucket_key(number) AS
  CASE WHEN number < 200 THEN number::INTEGER ELSE floor(ln(number) * 300)::INTEGER - 1389 END;

CREATE TABLE bucket_of_key AS
WITH keyed AS (
  SELECT bucket, floor, bucket_key(floor) AS key FROM bucket
),
ends AS (
  SELECT key, bucket, floor, lead(key) OVER (ORDER BY bucket) AS next_key, lead(floor) OVER (ORDER BY bucket) AS next_floor FROM keyed
),
spread AS (
  -- A bucket leads the keys behind its own, up to the key of the next bucket; a lone key of a small number is its own.
  SELECT unnest(range(key + 1, next_key + 1))::INTEGER AS key, bucket, next_floor FROM ends WHERE next_key IS NOT NULL
)
SELECT key, bucket, next_floor FROM spread
UNION ALL SELECT 0, 0, 1;

CREATE TYPE duration AS ENUM ('first_response_seconds', 'first_response_business_seconds', 'response_seconds', 'response_business_seconds',
  'resolution_seconds', 'resolution_business_seconds', 'first_resolution_seconds', 'first_resolution_business_seconds');

CREATE TABLE histogram (duration duration, breakdown breakdown, agent BIGINT, type_code VARCHAR, channel_code VARCHAR,
  local_date DATE, bucket SMALLINT, number_count BIGINT, number_sum BIGINT);

INSERT INTO histogram
SELECT 'first_response_seconds', breakdown_of(grouping(agent), grouping(type_code), grouping(channel_code)), agent, type_code, channel_code,
       local_date, bucket, count(*), sum(number)
FROM (
  SELECT first_replied_by_id AS agent, type_code, channel_code, local_date, first_response_seconds AS number, b.bucket + (first_response_seconds >= next_floor)::SMALLINT AS bucket
  FROM tickets JOIN slot ON slot.slot = slot_of(first_replied_at) JOIN bucket_of_key AS b ON b.key = bucket_key(first_response_seconds)
  WHERE direction_code = 'inbound' AND first_replied_at IS NOT NULL
)
GROUP BY GROUPING SETS ((local_date, bucket), (local_date, bucket, agent), (local_date, bucket, type_code), (local_date, bucket, channel_code));

INSERT INTO histogram
SELECT 'first_response_business_seconds', breakdown_of(grouping(agent), grouping(type_code), grouping(channel_code)), agent, type_code, channel_code,
       local_date, bucket, count(*), sum(number)
FROM (
  SELECT first_replied_by_id AS agent, type_code, channel_code, local_date, first_response_business_seconds AS number, b.bucket + (first_response_business_seconds >= next_floor)::SMALLINT AS bucket
  FROM tickets JOIN slot ON slot.slot = slot_of(first_replied_at) JOIN bucket_of_key AS b ON b.key = bucket_key(first_response_business_seconds)
  WHERE direction_code = 'inbound' AND first_replied_at IS NOT NULL
)
GROUP BY GROUPING SETS ((local_date, bucket), (local_date, bucket, agent), (local_date, bucket, type_code), (local_date, bucket, channel_code));

INSERT INTO histogram
SELECT 'response_seconds', breakdown_of(grouping(agent), grouping(type_code), grouping(channel_code)), agent, type_code, channel_code,
       local_date, bucket, count(*), sum(number)
FROM (
  SELECT agent_id AS agent, type_code, channel_code, local_date, response_seconds AS number, b.bucket + (response_seconds >= next_floor)::SMALLINT AS bucket
  FROM answer JOIN bucket_of_key AS b ON b.key = bucket_key(response_seconds)
)
GROUP BY GROUPING SETS ((local_date, bucket), (local_date, bucket, agent), (local_date, bucket, type_code), (local_date, bucket, channel_code));

INSERT INTO histogram
SELECT 'response_business_seconds', breakdown_of(grouping(agent), grouping(type_code), grouping(channel_code)), agent, type_code, channel_code,
       local_date, bucket, count(*), sum(number)
FROM (
  SELECT agent_id AS agent, type_code, channel_code, local_date, response_business_seconds AS number, b.bucket + (response_business_seconds >= next_floor)::SMALLINT AS bucket
  FROM answer JOIN bucket_of_key AS b ON b.key = bucket_key(response_business_seconds)
)
GROUP BY GROUPING SETS ((local_date, bucket), (local_date, bucket, agent), (local_date, bucket, type_code), (local_date, bucket, channel_code));

INSERT INTO histogram
SELECT 'resolution_seconds', breakdown_of(grouping(agent), grouping(type_code), grouping(channel_code)), agent, type_code, channel_code,
       local_date, bucket, count(*), sum(number)
FROM (
  SELECT last_solved_by_id AS agent, type_code, channel_code, local_date, resolution_seconds AS number, b.bucket + (resolution_seconds >= next_floor)::SMALLINT AS bucket
  FROM tickets JOIN slot ON slot.slot = slot_of(last_solved_at) JOIN bucket_of_key AS b ON b.key = bucket_key(resolution_seconds)
  WHERE last_solved_at IS NOT NULL
)
GROUP BY GROUPING SETS ((local_date, bucket), (local_date, bucket, agent), (local_date, bucket, type_code), (local_date, bucket, channel_code));

INSERT INTO histogram
SELECT 'resolution_business_seconds', breakdown_of(grouping(agent), grouping(type_code), grouping(channel_code)), agent, type_code, channel_code,
       local_date, bucket, count(*), sum(number)
FROM (
  SELECT last_solved_by_id AS agent, type_code, channel_code, local_date, resolution_business_seconds AS number, b.bucket + (resolution_business_seconds >= next_floor)::SMALLINT AS bucket
  FROM tickets JOIN slot ON slot.slot = slot_of(last_solved_at) JOIN bucket_of_key AS b ON b.key = bucket_key(resolution_business_seconds)
  WHERE last_solved_at IS NOT NULL
)
GROUP BY GROUPING SETS ((local_date, bucket), (local_date, bucket, agent), (local_date, bucket, type_code), (local_date, bucket, channel_code));

INSERT INTO histogram
SELECT 'first_resolution_seconds', breakdown_of(grouping(agent), grouping(type_code), grouping(channel_code)), agent, type_code, channel_code,
       local_date, bucket, count(*), sum(number)
FROM (
  SELECT first_solved_by_id AS agent, type_code, channel_code, local_date, first_resolution_seconds AS number, b.bucket + (first_resolution_seconds >= next_floor)::SMALLINT AS bucket
  FROM tickets JOIN slot ON slot.slot = slot_of(first_solved_at) JOIN bucket_of_key AS b ON b.key = bucket_key(first_resolution_seconds)
  WHERE first_solved_at IS NOT NULL
)
GROUP BY GROUPING SETS ((local_date, bucket), (local_date, bucket, agent), (local_date, bucket, type_code), (local_date, bucket, channel_code));

INSERT INTO histogram
SELECT 'first_resolution_business_seconds', breakdown_of(grouping(agent), grouping(type_code), grouping(channel_code)), agent, type_code, channel_code,
       local_date, bucket, count(*), sum(number)
FROM (
  SELECT first_solved_by_id AS agent, type_code, channel_code, local_date, first_resolution_business_seconds AS number, b.bucket + (first_resolution_business_seconds >= next_floor)::SMALLINT AS bucket
  FROM tickets JOIN slot ON slot.slot = slot_of(first_solved_at) JOIN bucket_of_key AS b ON b.key = bucket_key(first_resolution_business_seconds)
  WHERE first_solved_at IS NOT NULL
)
GROUP BY GROUPING SETS ((local_date, bucket), (local_date, bucket, agent), (local_date, bucket, type_code), (local_date, bucket, channel_code));

-- Nearest rank: the mean of the bucket that holds rank ⌈share · n⌉.
CREATE TABLE percentile AS
WITH of_period AS (
  SELECT duration, h.breakdown, coalesce(agent, m.member, 0) AS member, grain_code, period_start_date, bucket,
         sum(number_count) AS number_count, sum(number_sum) AS number_sum
  FROM histogram AS h
  JOIN period USING (local_date)
  LEFT JOIN member AS m ON m.breakdown = h.breakdown AND m.member_key = coalesce(h.type_code, h.channel_code)
  GROUP BY ALL
),
ranked AS (
  SELECT *, sum(number_count) OVER (w ORDER BY bucket ROWS UNBOUNDED PRECEDING) AS until_here, sum(number_count) OVER w AS all_count
  FROM of_period
  WINDOW w AS (PARTITION BY duration, breakdown, member, grain_code, period_start_date)
)
SELECT duration, breakdown, member, grain_code, period_start_date,
       min_by(number_sum / number_count, bucket) FILTER (until_here >= (all_count + 1) // 2) AS p50,
       min_by(number_sum / number_count, bucket) FILTER (until_here >= (9 * all_count + 9) // 10) AS p90
FROM ranked
GROUP BY ALL;
