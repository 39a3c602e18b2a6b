-- The changes of an update. A child has its changed field as a key.
WITH child AS (
  SELECT
    *,
    filter(
      array('status', 'assignee_id', 'priority', 'type'),
      -- The word type is also what kind of child it is.
      f -> map_contains_key(child, f)
        AND (f <> 'type' OR lower(child['type']) IN ('question', 'incident', 'problem', 'task'))
    ) AS fields,
    coalesce(updater_id = '-1', false)
      OR coalesce(lower(coalesce(get_json_object(child['via'], '$.channel'), child['via'], via)) IN ('rule', 'system'), false)
      AS is_bot
  FROM record
  LATERAL VIEW posexplode(child_events) exploded AS child_position, child
),
changed AS (
  SELECT *
  FROM child
  LATERAL VIEW explode(fields) exploded_fields AS field
)
SELECT
  concat(:source, ':', ticket_id) AS ticket_key,
  :source AS source_code,
  -- One change has the id that it has in an audit; several in one child, and those without an id, need the field in it.
  CASE
    WHEN size(fields) = 1 AND nullif(trim(child['id']), '') IS NOT NULL
      THEN regexp_replace(trim(child['id']), '^([0-9]+)[.]0+$', '$1')
    ELSE concat_ws('-', coalesce(regexp_replace(nullif(trim(child['id']), ''), '^([0-9]+)[.]0+$', '$1'), id), field)
  END AS event_id,
  `timestamp` AS occurred_at,
  coalesce(try_add(try_multiply(try_cast(id AS BIGINT), 1000L), child_position + 1L), child_position + 1L) AS sequence,
  CASE field WHEN 'assignee_id' THEN 'assignee' ELSE field END AS event_type_code,
  -- With several fields in one child nobody knows whose value came before.
  CASE
    WHEN size(fields) > 1 THEN CAST(NULL AS STRING)
    WHEN field = 'assignee_id'
      THEN concat(:source, ':', regexp_replace(nullif(trim(child['previous_value']), ''), '^([0-9]+)[.]0+$', '$1'))
    ELSE replace(lower(nullif(trim(child['previous_value']), '')), 'on-hold', 'hold')
  END AS previous_value,
  CASE
    WHEN field = 'assignee_id'
      THEN concat(:source, ':', regexp_replace(nullif(trim(child[field]), ''), '^([0-9]+)[.]0+$', '$1'))
    ELSE replace(lower(nullif(trim(child[field]), '')), 'on-hold', 'hold')
  END AS new_value,
  CASE WHEN NOT is_bot THEN concat(:source, ':', updater_id) END AS actor_key,
  CASE WHEN is_bot THEN 'bot' END AS actor_class_code,
  `timestamp` AS version_at,
  _dt AS dt,
  _content_hash AS content_hash,
  _file_id AS file_id
FROM changed
WHERE nullif(trim(child[field]), '') IS NOT NULL
  OR (field <> 'status' AND coalesce(child['event_type'], 'Change') = 'Change')
