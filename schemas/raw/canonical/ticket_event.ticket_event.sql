SELECT
  concat(:source, ':', ticket_id) AS ticket_key,
  :source AS source_code,
  event_id,
  occurred_at,
  sequence,
  event_type AS event_type_code,
  -- Agents, tickets and policies are named by key everywhere but in the dump.
  CASE
    WHEN event_type IN ('assignee', 'merge', 'sla_policy') THEN concat(:source, ':', previous_value)
    ELSE lower(previous_value)
  END AS previous_value,
  CASE
    WHEN event_type IN ('assignee', 'merge', 'sla_policy') THEN concat(:source, ':', new_value)
    ELSE lower(new_value)
  END AS new_value,
  concat(:source, ':', actor_id) AS actor_key,
  actor_class AS actor_class_code,
  coalesce(updated_at, occurred_at) AS version_at,
  _dt AS dt,
  _content_hash AS content_hash,
  _file_id AS file_id
FROM record
