SELECT
  concat(:source, ':', agent_id) AS agent_key,
  :source AS source_code,
  agent_id,
  name AS agent_name,
  lower(team) AS team_code,
  CASE
    WHEN roles IS NOT NULL THEN
      transform(roles, r -> named_struct('role_code', lower(r.role), 'valid_from', try_to_timestamp(r.valid_from)))
    WHEN role IS NOT NULL THEN
      array(named_struct('role_code', role, 'valid_from', CAST(NULL AS TIMESTAMP)))
  END AS roles,
  CAST(NULL AS STRING) AS current_role_code,
  left_at,
  updated_at AS version_at,
  _dt AS dt,
  _content_hash AS content_hash,
  _file_id AS file_id
FROM record
