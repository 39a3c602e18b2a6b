-- Every version of a row tells the same three events, so that a later one takes back what an earlier one told: an event that
-- did not happen gives nobody, or the status new, at the creation and before all else, which changes nothing.
WITH told AS (
  SELECT
    *,
    lower(get(:statuses_is, CAST(array_position(transform(:statuses_status, word -> lower(word)), lower(status)) AS INT) - 1)) AS told_status,
    coalesce(resolved_at, timestamp_micros(unix_micros(created_at) + resolution_time * 1000000), closed_at) AS solved_at
  FROM record
),
change AS (
  SELECT
    *,
    explode(array(
      -- Whose ticket it was before, no column tells.
      named_struct('id', 'assignee', 'place', 1, 'happened_at', IF(agent IS NULL, NULL, created_at),
        'value', concat(:source, ':', agent)),
      named_struct('id', 'resolved', 'place', 3, 'happened_at', solved_at, 'value', 'solved'),
      named_struct('id', 'closed', 'place', 4,
        -- A ticket is not closed before it is solved.
        'happened_at', IF(closed_at IS NOT NULL OR told_status = 'closed', greatest(solved_at, closed_at), NULL),
        'value', 'closed')
    )) AS changed
  FROM told
)
SELECT
  concat(:source, ':', ticket_id) AS ticket_key,
  :source AS source_code,
  changed.id AS event_id,
  coalesce(changed.happened_at, created_at) AS occurred_at,
  IF(changed.happened_at IS NULL, 0, changed.place) AS sequence,
  IF(changed.id = 'assignee', 'assignee', 'status') AS event_type_code,
  CAST(NULL AS STRING) AS previous_value,
  CASE
    WHEN changed.happened_at IS NOT NULL THEN changed.value
    WHEN changed.id <> 'assignee' THEN 'new'
  END AS new_value,
  CAST(NULL AS STRING) AS actor_key,
  'unknown' AS actor_class_code,
  coalesce(updated_at, created_at) AS version_at,
  _dt AS dt,
  _content_hash AS content_hash,
  _file_id AS file_id
FROM change
