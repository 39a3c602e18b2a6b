-- One version per agent, whenever seen: the log knows no more of an agent than the name and the configured role.
SELECT DISTINCT
  concat(:source, ':', resource) AS agent_key,
  :source AS source_code,
  resource AS agent_id,
  resource AS agent_name,
  CAST(NULL AS STRING) AS team_code,
  array(named_struct(
    'role_code', CASE WHEN array_contains(:roles_bot, resource) THEN 'bot' ELSE :roles_default[0] END,
    'valid_from', CAST(NULL AS TIMESTAMP))) AS roles,
  CAST(NULL AS STRING) AS current_role_code,
  CAST(NULL AS TIMESTAMP) AS left_at,
  TIMESTAMP '2000-01-01 00:00:00' AS version_at,
  _dt AS dt,
  hex(xxhash64(resource)) AS content_hash,
  _file_id AS file_id
FROM record
WHERE resource IS NOT NULL AND NOT array_contains(:roles_customer, resource)
