SELECT
  concat(:source, ':', id) AS agent_key,
  :source AS source_code,
  id AS agent_id,
  name AS agent_name,
  default_group_id AS team_code,
  CAST(NULL AS ARRAY<STRUCT<role_code:STRING,valid_from:TIMESTAMP>>) AS roles,
  'agent' AS current_role_code,
  CASE WHEN NOT active THEN updated_at END AS left_at,
  updated_at AS version_at,
  _dt AS dt,
  _content_hash AS content_hash,
  _file_id AS file_id
FROM record
WHERE role IN ('agent', 'admin')
