WITH ticket AS (
  SELECT
    *,
    regexp_replace(nullif(trim(coalesce(customer.id, requester.id)), ''), '^([0-9]+)[.]0+$', '$1') AS customer_id,
    coalesce(
      map_values(from_json(custom_fields, 'map<string,struct<id:string,value:string>>')),
      from_json(custom_fields, 'array<struct<id:string,value:string>>')) AS ticket_fields,
    transform(tags, t -> lower(trim(t.name))) AS tag_names,
    coalesce(
      updated_datetime,
      greatest(
        created_datetime, opened_datetime, last_received_message_datetime, last_message_datetime, closed_datetime,
        trashed_datetime)) AS last_at
  FROM record
),
typed AS (
  SELECT
    *,
    coalesce(
      -- The first configured field that has a value, else the first configured tag that is there.
      get(
        filter(
          transform(
            :types_fields,
            id -> get(
              filter(ticket_fields, f -> regexp_replace(f.id, '^([0-9]+)[.]0+$', '$1') = id AND nullif(trim(f.value), '') IS NOT NULL),
              0).value),
          value -> value IS NOT NULL),
        0),
      get(filter(:types_tags, tag -> array_contains(tag_names, lower(tag))), 0)) AS type
  FROM ticket
)
SELECT
  concat(:source, ':', id) AS ticket_key,
  :source AS source_code,
  id AS ticket_id,
  concat(:source, ':customer-', customer_id) AS customer_key,
  -- Nothing names the agent who opened it.
  CASE WHEN NOT from_agent THEN concat(:source, ':customer-', customer_id) END AS opener_key,
  CASE WHEN from_agent THEN 'outbound' WHEN NOT from_agent THEN 'inbound' END AS direction_code,
  lower(trim(type)) AS type_code,
  -- Comments, messages and mentions of a platform are one channel.
  CASE
    WHEN lower(channel) RLIKE '^(facebook|instagram|twitter|whatsapp)' THEN
      regexp_extract(lower(channel), '^(facebook|instagram|twitter|whatsapp)', 1)
    WHEN lower(channel) = 'aircall' THEN 'phone'
    WHEN lower(channel) IN ('contact_form', 'contact-form', 'help-center') THEN 'web'
    ELSE lower(channel)
  END AS channel_code,
  lower(priority) AS priority_code,
  CAST(NULL AS STRING) AS brand_code,
  lower(coalesce(nullif(trim(assignee_team.name), ''), assignee_team.id)) AS team_code,
  CAST(NULL AS STRING) AS schedule_key,
  CAST(NULL AS STRING) AS follow_up_of_key,
  CAST(NULL AS STRING) AS merged_into_key,
  coalesce(spam, false) AS is_spam, -- the raw contract: absent is no
  trashed_datetime IS NOT NULL AS is_deleted,
  false AS is_sample,
  created_datetime AS created_at,
  status AS status_code,
  concat(:source, ':', regexp_replace(nullif(trim(assignee_user.id), ''), '^([0-9]+)[.]0+$', '$1')) AS assignee_key,
  CASE WHEN status = 'closed' THEN coalesce(closed_datetime, last_at) ELSE last_at END AS stated_at,
  false AS has_first_reply_only,
  CAST(NULL AS BIGINT) AS reply_count,
  last_at AS version_at,
  _dt AS dt,
  _content_hash AS content_hash,
  _file_id AS file_id
FROM typed
