-- Who answers is an agent, also one who has left and is in no list of agents any more; any record of such a list is newer.
SELECT DISTINCT
  concat(:source, ':', user_id) AS agent_key,
  :source AS source_code,
  user_id AS agent_id,
  CAST(NULL AS STRING) AS agent_name,
  CAST(NULL AS STRING) AS team_code,
  CAST(NULL AS ARRAY<STRUCT<role_code: STRING, valid_from: TIMESTAMP>>) AS roles,
  CAST(NULL AS STRING) AS current_role_code,
  CAST(NULL AS TIMESTAMP) AS left_at,
  TIMESTAMP '2000-01-01 00:00:00' AS version_at,
  _dt AS dt,
  hex(xxhash64(user_id)) AS content_hash,
  _file_id AS file_id
FROM record
WHERE NOT incoming AND user_id IS NOT NULL
