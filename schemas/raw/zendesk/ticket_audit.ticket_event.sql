-- The changes of an update, and the merges that it tells of.
WITH changed AS (
  SELECT
    *,
    lower(event.field_name) AS field,
    -- An event has a via of its own where it differs from the update's: the work of triggers inside a person's update.
    author_id = '-1' OR coalesce(lower(coalesce(event.via.channel, via.channel)) IN ('rule', 'system'), false) AS is_bot
  FROM record
  LATERAL VIEW posexplode(events) exploded AS event_position, event
  WHERE event.type IN ('Create', 'Change') AND lower(event.field_name) IN ('status', 'assignee_id', 'priority', 'type')
),
merge_update AS (
  SELECT
    *,
    -- Only a merge closes a ticket while it merges: the survivor stays as it is.
    exists(
      events,
      e -> coalesce(
        (lower(e.field_name) = 'status' AND lower(e.value) = 'closed')
          OR (lower(e.field_name) = 'tags' AND e.value LIKE '%closed_by_merge%'),
        false)
    ) AS is_merged_away,
    transform(
      coalesce(via.source.`from`.ticket_ids, array(via.source.`from`.ticket_id)),
      other -> regexp_replace(nullif(trim(other), ''), '^([0-9]+)[.]0+$', '$1')
    ) AS others,
    regexp_replace(nullif(trim(via.source.`to`.ticket_id), ''), '^([0-9]+)[.]0+$', '$1') AS target
  FROM record
  WHERE lower(via.source.rel) = 'merge'
),
merged AS (
  SELECT
    explode(
      IF(
        is_merged_away,
        array(named_struct('ticket_id', ticket_id, 'survivor_id', coalesce(target, get(others, 0)))),
        -- A survivor lists who came in. One ticket alone can be either side, and without its closing nobody knows which.
        filter(
          transform(others, other -> named_struct('ticket_id', other, 'survivor_id', ticket_id)),
          p -> via.source.`from`.ticket_ids IS NOT NULL))
    ) AS pair,
    *
  FROM merge_update
)
SELECT
  concat(:source, ':', ticket_id) AS ticket_key,
  :source AS source_code,
  regexp_replace(event.id, '^([0-9]+)[.]0+$', '$1') AS event_id,
  created_at AS occurred_at,
  -- Updates of one instant in their own order, and behind an update's comment its changes in theirs.
  coalesce(try_add(try_multiply(try_cast(id AS BIGINT), 1000L), event_position + 1L), event_position + 1L) AS sequence,
  CASE field WHEN 'assignee_id' THEN 'assignee' ELSE field END AS event_type_code,
  CASE field
    WHEN 'assignee_id'
      THEN concat(:source, ':', regexp_replace(nullif(trim(event.previous_value), ''), '^([0-9]+)[.]0+$', '$1'))
    ELSE replace(lower(nullif(trim(event.previous_value), '')), 'on-hold', 'hold')
  END AS previous_value,
  CASE field
    WHEN 'assignee_id' THEN concat(:source, ':', regexp_replace(nullif(trim(event.value), ''), '^([0-9]+)[.]0+$', '$1'))
    ELSE replace(lower(nullif(trim(event.value), '')), 'on-hold', 'hold')
  END AS new_value,
  -- The author of an update is not the author of what a trigger did inside of it.
  CASE WHEN NOT is_bot THEN concat(:source, ':', author_id) END AS actor_key,
  CASE WHEN is_bot THEN 'bot' END AS actor_class_code,
  created_at AS version_at,
  _dt AS dt,
  _content_hash AS content_hash,
  _file_id AS file_id
FROM changed
-- A field that was created empty did not change; a status is never emptied.
WHERE nullif(trim(event.value), '') IS NOT NULL OR (event.type = 'Change' AND field <> 'status')
UNION ALL
SELECT
  concat(:source, ':', pair.ticket_id) AS ticket_key,
  :source AS source_code,
  concat(id, '-merge') AS event_id,
  created_at AS occurred_at,
  coalesce(try_multiply(try_cast(id AS BIGINT), 1000L), 0L) AS sequence,
  'merge' AS event_type_code,
  CAST(NULL AS STRING) AS previous_value,
  concat(:source, ':', pair.survivor_id) AS new_value,
  CASE WHEN author_id <> '-1' THEN concat(:source, ':', author_id) END AS actor_key,
  CASE WHEN author_id = '-1' THEN 'bot' END AS actor_class_code,
  created_at AS version_at,
  _dt AS dt,
  _content_hash AS content_hash,
  _file_id AS file_id
FROM merged
WHERE pair.ticket_id IS NOT NULL AND pair.survivor_id IS NOT NULL
