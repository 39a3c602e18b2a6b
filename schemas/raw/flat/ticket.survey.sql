-- A rating is answered when the row says so, else with the solve after which help desks ask for it. When it was sent, no
-- column tells. A row without rating is no survey: who never asked did not go unanswered.
WITH rated AS (
  SELECT
    *,
    try_cast(
      IF(
        array_contains(transform(:scores_score, word -> lower(word)), lower(score)),
        get(:scores_is, CAST(array_position(transform(:scores_score, word -> lower(word)), lower(score)) AS INT) - 1),
        replace(score, ',', '.')) AS DOUBLE) AS points,
    coalesce(first_responded_at, timestamp_micros(unix_micros(created_at) + first_response_time * 1000000)) AS replied_at,
    coalesce(resolved_at, timestamp_micros(unix_micros(created_at) + resolution_time * 1000000), closed_at) AS solved_at
  FROM record
)
SELECT
  concat(:source, ':', ticket_id) AS survey_key,
  :source AS source_code,
  ticket_id AS survey_id,
  concat(:source, ':', ticket_id) AS ticket_key,
  concat(:source, ':', coalesce(requester_id, IF(requester_email IS NULL, NULL, concat('ticket-', ticket_id)))) AS customer_key,
  CAST(NULL AS STRING) AS agent_key,
  'csat' AS kind_code,
  try_cast(get(:scale_min, 0) AS DOUBLE) AS scale_min,
  try_cast(get(:scale_max, 0) AS DOUBLE) AS scale_max,
  true AS is_higher_better,
  points AS score,
  CAST(NULL AS STRING) AS answer_code,
  CAST(NULL AS TIMESTAMP) AS sent_at,
  coalesce(rated_at, solved_at, greatest(created_at, replied_at, reopened_at)) AS answered_at,
  coalesce(updated_at, created_at) AS version_at,
  _dt AS dt,
  _content_hash AS content_hash,
  _file_id AS file_id
FROM rated
WHERE points IS NOT NULL
