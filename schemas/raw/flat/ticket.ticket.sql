-- The row's status counts from the last instant that the row names: when it came, no column tells. Resolved is told by events.
WITH told AS (
  SELECT
    *,
    lower(get(:statuses_is, CAST(array_position(transform(:statuses_status, word -> lower(word)), lower(status)) AS INT) - 1)) AS told_status,
    coalesce(first_responded_at, timestamp_micros(unix_micros(created_at) + first_response_time * 1000000)) AS replied_at,
    coalesce(resolved_at, timestamp_micros(unix_micros(created_at) + resolution_time * 1000000), closed_at) AS solved_at
  FROM record
),
state AS (
  SELECT
    *,
    CASE
      WHEN told_status IN ('new', 'open', 'pending', 'hold') THEN told_status
      -- Without a word, a reopen behind the solve is one.
      WHEN told_status IS NULL AND reopened_at > solved_at THEN 'open'
    END AS unresolved_status
  FROM told
)
SELECT
  concat(:source, ':', ticket_id) AS ticket_key,
  :source AS source_code,
  ticket_id,
  concat(:source, ':', coalesce(requester_id, IF(requester_email IS NULL, NULL, concat('ticket-', ticket_id)))) AS customer_key,
  CAST(NULL AS STRING) AS opener_key,
  'inbound' AS direction_code,
  lower(type) AS type_code,
  lower(channel) AS channel_code,
  lower(priority) AS priority_code,
  lower(brand) AS brand_code,
  lower(team) AS team_code,
  CAST(NULL AS STRING) AS schedule_key,
  CAST(NULL AS STRING) AS follow_up_of_key,
  CAST(NULL AS STRING) AS merged_into_key,
  coalesce(told_status = 'spam', false) AS is_spam, -- no word, no spam
  coalesce(told_status = 'deleted', false) AS is_deleted,
  false AS is_sample,
  created_at,
  unresolved_status AS status_code,
  CAST(NULL AS STRING) AS assignee_key,
  IF(unresolved_status IS NULL, NULL, greatest(created_at, replied_at, solved_at, closed_at, reopened_at)) AS stated_at,
  true AS has_first_reply_only,
  interactions AS reply_count,
  -- Without a word of the source the later dump knows better; the latest instant of a row does not: reopened, it has fewer.
  coalesce(updated_at, created_at) AS version_at,
  _dt AS dt,
  _content_hash AS content_hash,
  _file_id AS file_id
FROM state
