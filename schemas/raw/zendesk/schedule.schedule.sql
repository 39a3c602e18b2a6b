-- Minutes of the week become hours of days: an interval over midnight, or over the end of the week, is a piece per day.
WITH opening AS (
  SELECT
    *,
    transform(
      intervals,
      i -> named_struct(
        'opens', CAST(CAST(i.start_time AS DOUBLE) AS INT),
        'closes',
        CAST(CAST(i.end_time AS DOUBLE) AS INT)
          + IF(CAST(i.end_time AS DOUBLE) <= CAST(i.start_time AS DOUBLE), 10080, 0))
    ) AS openings
  FROM record
)
SELECT
  concat(:source, ':', id) AS schedule_key,
  :source AS source_code,
  id AS schedule_id,
  name AS schedule_name,
  time_zone,
  true AS is_default, -- no schedule is marked: of several the first key is the default
  updated_at AS valid_from,
  flatten(
    transform(
      openings,
      o -> transform(
        sequence(o.opens DIV 1440, (o.closes - 1) DIV 1440),
        d -> named_struct(
          -- Day 0 is Sunday here, and 7 there.
          'day_of_week', CAST((d + 6) % 7 + 1 AS INT),
          'opens_at', format_string('%02d:%02d', greatest(o.opens - d * 1440, 0) DIV 60, greatest(o.opens - d * 1440, 0) % 60),
          'closes_at',
          IF(
            o.closes >= (d + 1) * 1440,
            '24:00',
            format_string('%02d:%02d', (o.closes - d * 1440) DIV 60, (o.closes - d * 1440) % 60)))))
  ) AS weekly_hours,
  transform(
    holidays,
    h -> named_struct(
      'first_date', CAST(h.start_date AS DATE),
      'last_date', CAST(coalesce(h.end_date, h.start_date) AS DATE))
  ) AS holidays,
  updated_at AS version_at,
  _dt AS dt,
  _content_hash AS content_hash,
  _file_id AS file_id
FROM opening
