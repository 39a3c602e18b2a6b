SELECT
  concat(:source, ':', ticket_id) AS ticket_key,
  :source AS source_code,
  id AS event_id,
  time AS occurred_at,
  CASE
    WHEN lower(metric) = 'reply_time' THEN IF(instance_id = 1, 'first_response', 'next_response')
    ELSE 'resolution'
  END AS metric_code,
  CAST(IF(lower(metric) = 'reply_time' AND instance_id > 1, instance_id - 1, instance_id) AS INT) AS instance_number,
  CASE lower(type) WHEN 'apply_sla' THEN 'apply' ELSE lower(type) END AS event_type_code,
  concat(:source, ':', regexp_replace(sla.policy.id, '^([0-9]+)[.]0+$', '$1')) AS policy_key,
  CAST(NULL AS STRING) AS priority_code,
  coalesce(sla.target_in_seconds, sla.target * 60) AS target_seconds,
  CASE WHEN sla IS NOT NULL THEN coalesce(sla.business_hours, false) END AS is_business, -- calendar unless told
  coalesce(deleted, false) AS is_deleted, -- the raw contract: absent is no
  time AS version_at,
  _dt AS dt,
  _content_hash AS content_hash,
  _file_id AS file_id
FROM record
WHERE lower(metric) IN ('reply_time', 'resolution_time')
  AND lower(type) IN ('activate', 'apply_sla', 'fulfill', 'breach')
