SELECT
  concat(:source, ':', schedule_id) AS schedule_key,
  :source AS source_code,
  schedule_id,
  name AS schedule_name,
  time_zone,
  coalesce(is_default, false) AS is_default, -- the raw contract: absent is no
  valid_from,
  transform(
    weekly_hours,
    h -> named_struct(
      'day_of_week',
      CAST(array_position(
        array('monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'), lower(h.day)) AS INT),
      'opens_at', h.opens,
      'closes_at', h.closes)
  ) AS weekly_hours,
  transform(
    holidays,
    h -> named_struct(
      'first_date', CAST(h.first_date AS DATE),
      'last_date', CAST(coalesce(h.last_date, h.first_date) AS DATE))
  ) AS holidays,
  updated_at AS version_at,
  _dt AS dt,
  _content_hash AS content_hash,
  _file_id AS file_id
FROM record
