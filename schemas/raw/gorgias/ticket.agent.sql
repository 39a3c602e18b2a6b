-- Whoever is assigned to a ticket is an agent, also where no dump lists the users; a user's own record is newer.
SELECT DISTINCT
  concat(:source, ':', agent_id) AS agent_key,
  :source AS source_code,
  agent_id,
  agent_name,
  CAST(NULL AS STRING) AS team_code,
  CAST(NULL AS ARRAY<STRUCT<role_code: STRING, valid_from: TIMESTAMP>>) AS roles,
  CAST(NULL AS STRING) AS current_role_code,
  CAST(NULL AS TIMESTAMP) AS left_at,
  TIMESTAMP '2000-01-01 00:00:00' AS version_at,
  _dt AS dt,
  hex(xxhash64(agent_id, agent_name)) AS content_hash,
  _file_id AS file_id
FROM (
  SELECT
    *,
    regexp_replace(nullif(trim(assignee_user.id), ''), '^([0-9]+)[.]0+$', '$1') AS agent_id,
    nullif(trim(assignee_user.name), '') AS agent_name
  FROM record
)
WHERE agent_id IS NOT NULL
