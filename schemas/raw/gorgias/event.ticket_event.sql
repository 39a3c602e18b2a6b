WITH change AS (
  SELECT
    *,
    CASE lower(type)
      -- A ticket is open from its creation on, and whoever ends a snooze opens it again.
      WHEN 'ticket-created' THEN named_struct('event_type_code', 'status', 'new_value', 'open')
      WHEN 'ticket-closed' THEN named_struct('event_type_code', 'status', 'new_value', 'closed')
      WHEN 'ticket-reopened' THEN named_struct('event_type_code', 'status', 'new_value', 'open')
      WHEN 'ticket-self-unsnoozed' THEN named_struct('event_type_code', 'status', 'new_value', 'open')
      WHEN 'ticket-assigned' THEN named_struct(
        'event_type_code', 'assignee',
        'new_value', concat(:source, ':', regexp_replace(
          trim(get_json_object(data, '$.assignee_user_id')), '^([0-9]+)[.]0+$', '$1')))
      WHEN 'ticket-unassigned' THEN named_struct('event_type_code', 'assignee', 'new_value', CAST(NULL AS STRING))
      WHEN 'ticket-marked-spam' THEN named_struct('event_type_code', 'spam', 'new_value', 'true')
      WHEN 'ticket-unmarked-spam' THEN named_struct('event_type_code', 'spam', 'new_value', 'false')
      WHEN 'ticket-trashed' THEN named_struct('event_type_code', 'status', 'new_value', 'deleted')
      WHEN 'ticket-deleted' THEN named_struct('event_type_code', 'status', 'new_value', 'deleted')
    END AS changed
  FROM record
  WHERE coalesce(lower(object_type), 'ticket') = 'ticket'
)
SELECT
  concat(:source, ':', object_id) AS ticket_key,
  :source AS source_code,
  id AS event_id,
  created_datetime AS occurred_at,
  CAST(NULL AS BIGINT) AS sequence,
  changed.event_type_code,
  CAST(NULL AS STRING) AS previous_value,
  changed.new_value,
  concat(:source, ':', user_id) AS actor_key,
  CAST(NULL AS STRING) AS actor_class_code,
  created_datetime AS version_at,
  _dt AS dt,
  _content_hash AS content_hash,
  _file_id AS file_id
FROM change
WHERE changed IS NOT NULL
