-- An event is at most one change of status and one of assignee; their order is that of the configured activities.
WITH activity AS (
  SELECT
    *,
    CAST(array_position(:activities_activity, activity) AS INT) AS activity_position,
    CASE
      WHEN array_contains(:roles_bot, resource) THEN 'bot'
      WHEN array_contains(:roles_customer, resource) THEN 'customer'
      WHEN resource IS NULL THEN 'unknown'
      ELSE :roles_default[0]
    END AS actor_class_code,
    -- The same event twice is one event.
    hex(xxhash64(activity, time, resource)) AS event_hash
  FROM record
),
change AS (
  SELECT
    *,
    explode(array(
      named_struct('event_type_code', 'assignee', 'new_value',
        CASE WHEN :activities_assigns[activity_position - 1] = 'true' THEN concat(:source, ':', resource) END),
      named_struct('event_type_code', 'status', 'new_value',
        -- An activity without status has the empty one.
        nullif(:activities_status[activity_position - 1], ''))
    )) AS changed
  FROM activity
)
SELECT
  concat(:source, ':', `case`) AS ticket_key,
  :source AS source_code,
  concat(event_hash, '-', changed.event_type_code) AS event_id,
  time AS occurred_at,
  -- Who takes a case is assigned before its status changes.
  activity_position * 2 + IF(changed.event_type_code = 'status', 1, 0) AS sequence,
  changed.event_type_code,
  CAST(NULL AS STRING) AS previous_value,
  changed.new_value,
  concat(:source, ':', resource) AS actor_key,
  actor_class_code,
  time AS version_at,
  _dt AS dt,
  _content_hash AS content_hash,
  _file_id AS file_id
FROM change
WHERE changed.new_value IS NOT NULL
