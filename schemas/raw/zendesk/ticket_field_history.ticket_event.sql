-- A value is a change. Rows have no id: two that say the same of a ticket are one, and of the same instant the assignee comes first.
WITH changed AS (
  SELECT
    *,
    lower(field_name) AS field,
    CASE
      WHEN lower(field_name) = 'assignee_id' THEN regexp_replace(trim(value), '^([0-9]+)[.]0+$', '$1')
      ELSE replace(lower(trim(value)), 'on-hold', 'hold')
    END AS said
  FROM record
  WHERE lower(field_name) IN ('status', 'assignee_id', 'priority', 'type')
)
SELECT
  concat(:source, ':', ticket_id) AS ticket_key,
  :source AS source_code,
  concat_ws('-', field, unix_micros(updated), said) AS event_id,
  updated AS occurred_at,
  CASE field WHEN 'assignee_id' THEN 1L WHEN 'status' THEN 3L ELSE 2L END AS sequence,
  CASE field WHEN 'assignee_id' THEN 'assignee' ELSE field END AS event_type_code,
  CAST(NULL AS STRING) AS previous_value,
  CASE WHEN field = 'assignee_id' THEN concat(:source, ':', said) ELSE said END AS new_value,
  CASE WHEN user_id <> '-1' THEN concat(:source, ':', user_id) END AS actor_key,
  -- Without a name nobody knows who it was; the role of a named one is that of the day.
  CASE WHEN user_id = '-1' THEN 'bot' WHEN user_id IS NULL THEN 'unknown' END AS actor_class_code,
  updated AS version_at,
  _dt AS dt,
  _content_hash AS content_hash,
  _file_id AS file_id
FROM changed
