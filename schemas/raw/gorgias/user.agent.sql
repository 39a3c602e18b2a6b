SELECT
  concat(:source, ':', id) AS agent_key,
  :source AS source_code,
  id AS agent_id,
  name AS agent_name,
  CAST(NULL AS STRING) AS team_code,
  array(named_struct(
    'role_code', CASE
      WHEN lower(coalesce(get_json_object(role, '$.name'), get_json_object(role, '$[0].name'), role)) = 'bot' THEN 'bot'
      ELSE 'agent'
    END,
    'valid_from', CAST(NULL AS TIMESTAMP))) AS roles,
  CAST(NULL AS STRING) AS current_role_code,
  deactivated_datetime AS left_at,
  coalesce(updated_datetime, greatest(created_datetime, deactivated_datetime)) AS version_at,
  _dt AS dt,
  _content_hash AS content_hash,
  _file_id AS file_id
FROM record
