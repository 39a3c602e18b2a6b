WITH told AS (
  SELECT *, coalesce(via.channel, via_channel) AS via_name, coalesce(via.source.rel, via_source_rel) AS relation
  FROM record
)
SELECT
  concat(:source, ':', id) AS ticket_key,
  :source AS source_code,
  id AS ticket_id,
  concat(:source, ':', requester_id) AS customer_key,
  concat(:source, ':', submitter_id) AS opener_key,
  -- Who took or made a call submits its ticket, so the submitter does not tell who called. All others: by the opener's role.
  CASE
    WHEN lower(relation) = 'outbound' THEN 'outbound'
    WHEN lower(relation) IN ('inbound', 'voicemail') THEN 'inbound'
  END AS direction_code,
  lower(type) AS type_code,
  CASE lower(trim(via_name))
    WHEN 'web_form' THEN 'web'
    WHEN 'mail' THEN 'email'
    WHEN 'voice' THEN 'phone'
    WHEN 'native_messaging' THEN 'chat'
    WHEN 'messaging' THEN 'chat'
    WHEN 'chat_transcript' THEN 'chat'
    WHEN 'facebook_post' THEN 'facebook'
    WHEN 'facebook_message' THEN 'facebook'
    WHEN 'facebook_messenger' THEN 'facebook'
    WHEN 'messenger' THEN 'facebook'
    WHEN 'instagram_dm' THEN 'instagram'
    WHEN 'twitter_dm' THEN 'twitter'
    WHEN 'twitter_like' THEN 'twitter'
    ELSE lower(nullif(trim(via_name), ''))
  END AS channel_code,
  lower(priority) AS priority_code,
  brand_id AS brand_code,
  group_id AS team_code,
  CAST(NULL AS STRING) AS schedule_key, -- no record of a ticket names it
  CASE
    WHEN lower(relation) = 'follow_up'
      THEN concat(:source, ':', regexp_replace(nullif(trim(via.source.`from`.ticket_id), ''), '^([0-9]+)[.]0+$', '$1'))
  END AS follow_up_of_key,
  -- The tag closed_by_merge does not say into which ticket: that is in the audit.
  CAST(NULL AS STRING) AS merged_into_key,
  false AS is_spam, -- marking as spam deletes the ticket
  lower(status) = 'deleted' AS is_deleted,
  coalesce(lower(via_name) = 'sample_ticket', false) AS is_sample, -- no channel, no sample
  created_at,
  -- A status of an account's own names its category; anything else is left to the audits.
  CASE
    WHEN lower(status) IN ('new', 'open', 'pending', 'hold', 'solved', 'closed') THEN lower(status)
    WHEN lower(status) = 'on-hold' THEN 'hold'
  END AS status_code,
  concat(:source, ':', assignee_id) AS assignee_key,
  updated_at AS stated_at,
  false AS has_first_reply_only,
  CAST(NULL AS BIGINT) AS reply_count,
  greatest(updated_at, generated_timestamp) AS version_at,
  _dt AS dt,
  _content_hash AS content_hash,
  _file_id AS file_id
FROM told
