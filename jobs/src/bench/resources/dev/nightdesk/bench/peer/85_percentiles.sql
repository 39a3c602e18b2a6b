-- Percentiles by the buckets that Nightdesk has.

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

CREATE MACRO bucket_at(first_bucket, next_floor, number) AS (first_bucket + (number >= next_floor)::SMALLINT)::SMALLINT;

CREATE TYPE topic AS ENUM ('first_response', 'response', 'resolution', 'first_resolution');

-- Every duration by both clocks, for whom it counts, and its buckets.
CREATE TABLE observation (topic topic, agent INTEGER, type INTEGER, channel INTEGER, local_date DATE,
  number BIGINT, bucket SMALLINT, business_number BIGINT, business_bucket SMALLINT);

INSERT INTO observation
SELECT 'first_response', a.member, t.member, c.member, local_date,
       first_response_seconds, bucket_at(b.bucket, b.next_floor, first_response_seconds),
       first_response_business_seconds, bucket_at(o.bucket, o.next_floor, first_response_business_seconds)
FROM tickets
JOIN slot ON slot.slot = slot_of(first_replied_at)
JOIN member AS a ON a.agent = first_replied_by_id
JOIN member AS t ON t.breakdown = 'type'::breakdown AND t.word = type_code
JOIN member AS c ON c.breakdown = 'channel'::breakdown AND c.word = channel_code
JOIN bucket_of_key AS b ON b.key = bucket_key(first_response_seconds)
JOIN bucket_of_key AS o ON o.key = bucket_key(first_response_business_seconds)
WHERE direction_code = 'inbound' AND first_replied_at IS NOT NULL;

INSERT INTO observation
SELECT 'response', a.member, t.member, c.member, local_date,
       response_seconds, bucket_at(b.bucket, b.next_floor, response_seconds),
       response_business_seconds, bucket_at(o.bucket, o.next_floor, response_business_seconds)
FROM answers
JOIN member AS a ON a.agent = agent_id
JOIN member AS t ON t.breakdown = 'type'::breakdown AND t.word = type_code
JOIN member AS c ON c.breakdown = 'channel'::breakdown AND c.word = channel_code
JOIN bucket_of_key AS b ON b.key = bucket_key(response_seconds)
JOIN bucket_of_key AS o ON o.key = bucket_key(response_business_seconds);

INSERT INTO observation
SELECT 'resolution', a.member, t.member, c.member, local_date,
       resolution_seconds, bucket_at(b.bucket, b.next_floor, resolution_seconds),
       resolution_business_seconds, bucket_at(o.bucket, o.next_floor, resolution_business_seconds)
FROM tickets
JOIN slot ON slot.slot = slot_of(last_solved_at)
JOIN member AS a ON a.agent = last_solved_by_id
JOIN member AS t ON t.breakdown = 'type'::breakdown AND t.word = type_code
JOIN member AS c ON c.breakdown = 'channel'::breakdown AND c.word = channel_code
JOIN bucket_of_key AS b ON b.key = bucket_key(resolution_seconds)
JOIN bucket_of_key AS o ON o.key = bucket_key(resolution_business_seconds)
WHERE last_solved_at IS NOT NULL;

INSERT INTO observation
SELECT 'first_resolution', a.member, t.member, c.member, local_date,
       first_resolution_seconds, bucket_at(b.bucket, b.next_floor, first_resolution_seconds),
       first_resolution_business_seconds, bucket_at(o.bucket, o.next_floor, first_resolution_business_seconds)
FROM tickets
JOIN slot ON slot.slot = slot_of(first_solved_at)
JOIN member AS a ON a.agent = first_solved_by_id
JOIN member AS t ON t.breakdown = 'type'::breakdown AND t.word = type_code
JOIN member AS c ON c.breakdown = 'channel'::breakdown AND c.word = channel_code
JOIN bucket_of_key AS b ON b.key = bucket_key(first_resolution_seconds)
JOIN bucket_of_key AS o ON o.key = bucket_key(first_resolution_business_seconds)
WHERE first_solved_at IS NOT NULL;

-- Nearest rank: the mean of the bucket that holds rank ⌈share · n⌉. The first pass finds the bucket, the second adds it
-- up; both are cheaper than counting all buckets, of which an agent's day has almost as many as values.
CREATE MACRO percentiles_of(of_topic, of_business, of_grain) AS TABLE
WITH observed AS (
  SELECT agent, type, channel, date_trunc(of_grain, local_date)::DATE AS period_start_date,
         CASE WHEN of_business THEN business_number ELSE number END AS number,
         CASE WHEN of_business THEN business_bucket ELSE bucket END AS bucket
  FROM observation
  WHERE topic = of_topic
),
counted AS (
  SELECT 0 AS member, period_start_date, number, bucket FROM observed
  UNION ALL SELECT agent, period_start_date, number, bucket FROM observed
  UNION ALL SELECT type, period_start_date, number, bucket FROM observed
  UNION ALL SELECT channel, period_start_date, number, bucket FROM observed
),
ranked AS (
  SELECT member, period_start_date, ranks[1] AS rank_50, ranks[2] AS rank_90
  FROM (SELECT member, period_start_date, quantile_disc(bucket, [0.5, 0.9]) AS ranks FROM counted GROUP BY ALL)
)
SELECT of_topic || CASE WHEN of_business THEN '_business_seconds' ELSE '_seconds' END AS duration, of_grain AS grain_code,
       period_start_date, member,
       sum(number) FILTER (bucket = rank_50)::BIGINT / count(*) FILTER (bucket = rank_50) AS p50,
       sum(number) FILTER (bucket = rank_90)::BIGINT / count(*) FILTER (bucket = rank_90) AS p90
FROM counted JOIN ranked USING (member, period_start_date)
WHERE bucket = rank_50 OR bucket = rank_90
GROUP BY member, period_start_date;

CREATE TABLE percentile (duration VARCHAR, grain_code VARCHAR, period_start_date DATE, member INTEGER, p50 DOUBLE, p90 DOUBLE);
INSERT INTO percentile FROM percentiles_of('first_response', false, 'day');
INSERT INTO percentile FROM percentiles_of('first_response', false, 'week');
INSERT INTO percentile FROM percentiles_of('first_response', false, 'month');
INSERT INTO percentile FROM percentiles_of('first_response', false, 'quarter');
INSERT INTO percentile FROM percentiles_of('first_response', true, 'day');
INSERT INTO percentile FROM percentiles_of('first_response', true, 'week');
INSERT INTO percentile FROM percentiles_of('first_response', true, 'month');
INSERT INTO percentile FROM percentiles_of('first_response', true, 'quarter');
INSERT INTO percentile FROM percentiles_of('response', false, 'day');
INSERT INTO percentile FROM percentiles_of('response', false, 'week');
INSERT INTO percentile FROM percentiles_of('response', false, 'month');
INSERT INTO percentile FROM percentiles_of('response', false, 'quarter');
INSERT INTO percentile FROM percentiles_of('response', true, 'day');
INSERT INTO percentile FROM percentiles_of('response', true, 'week');
INSERT INTO percentile FROM percentiles_of('response', true, 'month');
INSERT INTO percentile FROM percentiles_of('response', true, 'quarter');
INSERT INTO percentile FROM percentiles_of('resolution', false, 'day');
INSERT INTO percentile FROM percentiles_of('resolution', false, 'week');
INSERT INTO percentile FROM percentiles_of('resolution', false, 'month');
INSERT INTO percentile FROM percentiles_of('resolution', false, 'quarter');
INSERT INTO percentile FROM percentiles_of('resolution', true, 'day');
INSERT INTO percentile FROM percentiles_of('resolution', true, 'week');
INSERT INTO percentile FROM percentiles_of('resolution', true, 'month');
INSERT INTO percentile FROM percentiles_of('resolution', true, 'quarter');
INSERT INTO percentile FROM percentiles_of('first_resolution', false, 'day');
INSERT INTO percentile FROM percentiles_of('first_resolution', false, 'week');
INSERT INTO percentile FROM percentiles_of('first_resolution', false, 'month');
INSERT INTO percentile FROM percentiles_of('first_resolution', false, 'quarter');
INSERT INTO percentile FROM percentiles_of('first_resolution', true, 'day');
INSERT INTO percentile FROM percentiles_of('first_resolution', true, 'week');
INSERT INTO percentile FROM percentiles_of('first_resolution', true, 'month');
INSERT INTO percentile FROM percentiles_of('first_resolution', true, 'quarter');
