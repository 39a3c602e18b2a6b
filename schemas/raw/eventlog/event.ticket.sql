-- A log says nothing of the case as a whole: its creation is the earliest event, found when facts are built.
SELECT
  concat(:source, ':', `case`) AS ticket_key,
  :source AS source_code,
  `case` AS ticket_id,
  CAST(NULL AS STRING) AS customer_key,
  CAST(NULL AS STRING) AS opener_key,
  'inbound' AS direction_code,
  CAST(NULL AS STRING) AS type_code,
  CAST(NULL AS STRING) AS channel_code,
  CAST(NULL AS STRING) AS priority_code,
  CAST(NULL AS STRING) AS brand_code,
  CAST(NULL AS STRING) AS team_code,
  CAST(NULL AS STRING) AS schedule_key,
  CAST(NULL AS STRING) AS follow_up_of_key,
  CAST(NULL AS STRING) AS merged_into_key,
  false AS is_spam,
  false AS is_deleted,
  false AS is_sample,
  CAST(NULL AS TIMESTAMP) AS created_at,
  -- Events tell the state.
  CAST(NULL AS STRING) AS status_code,
  CAST(NULL AS STRING) AS assignee_key,
  CAST(NULL AS TIMESTAMP) AS stated_at,
  time AS version_at,
  _dt AS dt,
  _content_hash AS content_hash,
  _file_id AS file_id
FROM record
