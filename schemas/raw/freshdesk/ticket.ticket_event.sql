-- Every version of a ticket tells the same events, so that a later one takes back what an earlier one told: an event that did not
-- happen gives nobody, or the status open, at the creation, where every ticket begins to be open.
WITH told AS (
  SELECT
    *,
    try_to_timestamp(stats.reopened_at) AS reopened_at,
    coalesce(try_to_timestamp(stats.resolved_at), try_to_timestamp(stats.closed_at)) AS solved_at,
    try_to_timestamp(stats.closed_at) AS closed_at
  FROM record
),
change AS (
  SELECT
    *,
    explode(array(
      named_struct('id', 'opened', 'place', 0, 'happened_at', created_at, 'value', 'open'),
      -- Whose ticket it was before, no field tells.
      named_struct('id', 'assignee', 'place', 1, 'happened_at', IF(responder_id IS NULL, NULL, created_at),
        'value', concat(:source, ':', responder_id)),
      named_struct('id', 'reopened', 'place', 2, 'happened_at', reopened_at, 'value', 'open'),
      named_struct('id', 'resolved', 'place', 3, 'happened_at', solved_at, 'value', 'solved'),
      named_struct('id', 'closed', 'place', 4, 'happened_at', IF(closed_at IS NULL, NULL, greatest(solved_at, closed_at)),
        'value', 'closed')
    )) AS changed
  FROM told
)
SELECT
  concat(:source, ':', id) AS ticket_key,
  :source AS source_code,
  changed.id AS event_id,
  coalesce(changed.happened_at, created_at) AS occurred_at,
  IF(changed.happened_at IS NULL, 0, changed.place) AS sequence,
  IF(changed.id = 'assignee', 'assignee', 'status') AS event_type_code,
  CAST(NULL AS STRING) AS previous_value,
  CASE
    WHEN changed.happened_at IS NOT NULL THEN changed.value
    WHEN changed.id <> 'assignee' THEN 'open'
  END AS new_value,
  CAST(NULL AS STRING) AS actor_key,
  'unknown' AS actor_class_code,
  updated_at AS version_at,
  _dt AS dt,
  _content_hash AS content_hash,
  _file_id AS file_id
FROM change
