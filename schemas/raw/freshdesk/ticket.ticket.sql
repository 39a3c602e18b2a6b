-- The status counts from its last change on; what lies before it is told by events.
WITH told AS (
  SELECT
    *,
    CASE status
      WHEN 2 THEN 'open'
      WHEN 3 THEN 'pending'
      WHEN 4 THEN 'solved'
      WHEN 5 THEN 'closed'
      ELSE get(:statuses_is, CAST(array_position(:statuses_status, CAST(status AS STRING)) AS INT) - 1)
    END AS told_status,
    greatest(
      created_at,
      coalesce(
        try_to_timestamp(stats.status_updated_at),
        greatest(
          try_to_timestamp(stats.resolved_at), try_to_timestamp(stats.closed_at), try_to_timestamp(stats.reopened_at)))
    ) AS told_at
  FROM record
)
SELECT
  concat(:source, ':', id) AS ticket_key,
  :source AS source_code,
  id AS ticket_id,
  concat(:source, ':', requester_id) AS customer_key,
  CAST(NULL AS STRING) AS opener_key,
  -- Of other tickets nobody says who opened them.
  IF(source = 10, 'outbound', 'inbound') AS direction_code,
  lower(type) AS type_code,
  CASE source
    WHEN 1 THEN 'email'
    WHEN 2 THEN 'web'
    WHEN 3 THEN 'phone'
    WHEN 5 THEN 'twitter'
    WHEN 6 THEN 'facebook'
    WHEN 7 THEN 'chat'
    WHEN 9 THEN 'web'
    WHEN 10 THEN 'email'
    WHEN 13 THEN 'whatsapp'
    ELSE concat('source-', source)
  END AS channel_code,
  CASE priority WHEN 1 THEN 'low' WHEN 2 THEN 'medium' WHEN 3 THEN 'high' WHEN 4 THEN 'urgent' END AS priority_code,
  product_id AS brand_code,
  group_id AS team_code,
  CAST(NULL AS STRING) AS schedule_key,
  CAST(NULL AS STRING) AS follow_up_of_key,
  CAST(NULL AS STRING) AS merged_into_key,
  coalesce(spam, false) AS is_spam, -- the raw contract: absent is no
  coalesce(deleted, false) AS is_deleted,
  false AS is_sample,
  created_at,
  told_status AS status_code,
  CAST(NULL AS STRING) AS assignee_key,
  told_at AS stated_at,
  false AS has_first_reply_only,
  CAST(NULL AS BIGINT) AS reply_count,
  updated_at AS version_at,
  _dt AS dt,
  _content_hash AS content_hash,
  _file_id AS file_id
FROM told
