SELECT
  concat(:source, ':', id) AS agent_key,
  :source AS source_code,
  id AS agent_id,
  nullif(trim(contact.name), '') AS agent_name,
  CAST(NULL AS STRING) AS team_code,
  CAST(NULL AS ARRAY<STRUCT<role_code: STRING, valid_from: TIMESTAMP>>) AS roles,
  CAST(NULL AS STRING) AS current_role_code,
  CAST(NULL AS TIMESTAMP) AS left_at,
  updated_at AS version_at,
  _dt AS dt,
  _content_hash AS content_hash,
  _file_id AS file_id
FROM record
