SELECT
  concat(:source, ':', ticket_id) AS ticket_key,
  :source AS source_code,
  ticket_id,
  concat(:source, ':', requester_id) AS customer_key,
  concat(:source, ':', opened_by_id) AS opener_key,
  direction AS direction_code,
  lower(type) AS type_code,
  lower(channel) AS channel_code,
  lower(priority) AS priority_code,
  lower(brand) AS brand_code,
  lower(team) AS team_code,
  concat(:source, ':', schedule_id) AS schedule_key,
  concat(:source, ':', follow_up_of_id) AS follow_up_of_key,
  concat(:source, ':', merged_into_id) AS merged_into_key,
  coalesce(is_spam, false) AS is_spam,       -- the raw contract: absent is no
  coalesce(is_deleted, false) AS is_deleted,
  coalesce(is_sample, false) AS is_sample,
  created_at,
  -- Events tell the state.
  CAST(NULL AS STRING) AS status_code,
  CAST(NULL AS STRING) AS assignee_key,
  CAST(NULL AS TIMESTAMP) AS stated_at,
  updated_at AS version_at,
  _dt AS dt,
  _content_hash AS content_hash,
  _file_id AS file_id
FROM record
