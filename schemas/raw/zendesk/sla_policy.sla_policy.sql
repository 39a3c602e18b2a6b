-- A policy with a condition that is not understood is left out: it would take the tickets of all others.
WITH conditional AS (
  SELECT
    *,
    transform(
      coalesce(`filter`.`all`, array()),
      c -> named_struct(
        'subject',
        CASE
          WHEN lower(c.operator) NOT IN ('is', 'includes') THEN 'other'
          WHEN lower(c.field) IN ('type', 'ticket_type') THEN 'type'
          WHEN lower(c.field) IN ('via_id', 'via_type', 'via', 'channel') THEN 'channel'
          ELSE 'other'
        END,
        -- One value, or several as a JSON array.
        'words',
        transform(
          IF(c.value LIKE '[%', from_json(c.value, 'array<string>'), array(c.value)),
          w -> lower(trim(w))))
    ) AS conditions
  FROM record
),
understood AS (
  SELECT
    *,
    transform(
      flatten(transform(filter(conditions, c -> c.subject = 'channel'), c -> c.words)),
      -- Channels by their number, as conditions have them, or by their name.
      w -> CASE
        WHEN w IN ('0', 'web_form') THEN 'web'
        WHEN w IN ('4', 'mail') THEN 'email'
        WHEN w IN ('5', 'web_service') THEN 'api'
        WHEN w IN ('29', 'native_messaging', 'messaging') THEN 'chat'
        WHEN w IN ('44', '45', '46', 'voice') THEN 'phone'
        WHEN w IN ('38', '41') OR w LIKE 'facebook%' THEN 'facebook'
        WHEN w IN ('23', '26', '30') OR w LIKE 'twitter%' THEN 'twitter'
        WHEN w IN ('57') THEN 'sms'
        WHEN w = 'instagram_dm' THEN 'instagram'
        WHEN w RLIKE '^[0-9]+$' THEN CAST(NULL AS STRING)
        ELSE w
      END
    ) AS channels,
    flatten(transform(filter(conditions, c -> c.subject = 'type'), c -> c.words)) AS types
  FROM conditional
)
SELECT
  concat(:source, ':', id) AS policy_key,
  :source AS source_code,
  id AS policy_id,
  title AS policy_name,
  CAST(position AS INT) AS position,
  array_distinct(channels) AS channel_codes,
  array_distinct(types) AS type_codes,
  created_at AS valid_from,
  transform(
    filter(
      policy_metrics,
      m -> lower(m.metric) IN (
        'first_reply_time', 'next_reply_time', 'total_resolution_time', 'full_resolution_time', 'resolution_time')),
    m -> named_struct(
      'metric_code',
      CASE lower(m.metric)
        WHEN 'first_reply_time' THEN 'first_response'
        WHEN 'next_reply_time' THEN 'next_response'
        ELSE 'resolution'
      END,
      'priority_code', lower(m.priority),
      'target_seconds',
      CAST(coalesce(try_cast(m.target_in_seconds AS DOUBLE), try_cast(m.target AS DOUBLE) * 60) AS BIGINT),
      'is_business', coalesce(m.business_hours, false)) -- by the calendar unless the policy says otherwise
  ) AS targets,
  updated_at AS version_at,
  _dt AS dt,
  _content_hash AS content_hash,
  _file_id AS file_id
FROM understood
WHERE forall(conditions, c -> c.subject <> 'other')
  AND forall(channels, w -> w IS NOT NULL)
  AND size(coalesce(`filter`.`any`, array())) = 0
