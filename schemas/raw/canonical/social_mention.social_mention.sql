SELECT
  concat(:source, ':', mention_id) AS mention_key,
  :source AS source_code,
  mention_id,
  lower(platform) AS platform_code,
  mentioned_at,
  concat(:source, ':', ticket_id) AS ticket_key,
  coalesce(is_repost, false) AS is_repost, -- the raw contract: absent is no
  coalesce(updated_at, mentioned_at) AS version_at,
  _dt AS dt,
  _content_hash AS content_hash,
  _file_id AS file_id
FROM record
