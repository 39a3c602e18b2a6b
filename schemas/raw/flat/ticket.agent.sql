-- One version per agent, whenever seen: an export knows no more of an agent than the name.
SELECT DISTINCT
  concat(:source, ':', agent) AS agent_key,
  :source AS source_code,
  agent AS agent_id,
  agent AS agent_name,
  CAST(NULL AS STRING) AS team_code,
  CAST(NULL AS ARRAY<STRUCT<role_code: STRING, valid_from: TIMESTAMP>>) AS roles,
  CAST(NULL AS STRING) AS current_role_code,
  CAST(NULL AS TIMESTAMP) AS left_at,
  TIMESTAMP '2000-01-01 00:00:00' AS version_at,
  _dt AS dt,
  hex(xxhash64(agent)) AS content_hash,
  _file_id AS file_id
FROM record
WHERE agent IS NOT NULL
