-- The answer that a ticket carries: for sources that do not deliver ratings, which have the same ids.
WITH rated AS (
  SELECT
    *,
    from_json(satisfaction_rating, 'struct<id:string,score:string>') AS rating
  FROM record
)
SELECT
  concat(:source, ':', regexp_replace(rating.id, '^([0-9]+)[.]0+$', '$1')) AS survey_key,
  :source AS source_code,
  regexp_replace(rating.id, '^([0-9]+)[.]0+$', '$1') AS survey_id,
  concat(:source, ':', id) AS ticket_key,
  concat(:source, ':', requester_id) AS customer_key,
  -- The ticket's assignee is the present one, not that at rating time.
  CAST(NULL AS STRING) AS agent_key,
  'csat' AS kind_code,
  CAST(NULL AS DOUBLE) AS scale_min,
  CAST(NULL AS DOUBLE) AS scale_max,
  true AS is_higher_better,
  CAST(NULL AS DOUBLE) AS score,
  lower(rating.score) AS answer_code,
  CAST(NULL AS TIMESTAMP) AS sent_at,
  -- The ticket does not say when: at the latest now.
  updated_at AS answered_at,
  -- Newer versions of a ticket go before older ones, but the rating's own record, which knows when, before all of them: so
  -- the ticket's life is shrunk to a microsecond per second, and lies before any rating of it.
  timestamp_micros(unix_micros(created_at) + greatest(unix_seconds(updated_at) - unix_seconds(created_at), 0L)) AS version_at,
  _dt AS dt,
  _content_hash AS content_hash,
  _file_id AS file_id
FROM rated
WHERE nullif(trim(rating.id), '') IS NOT NULL AND lower(rating.score) IN ('good', 'bad')
