WITH outcome AS (
  SELECT
    *,
    nullif(agent_id, '0') AS answering_id,
    coalesce(lower(completion_status), '') AS status,
    coalesce(voicemail, false) AS is_voicemail, -- the raw contract: absent is no
    -- Nobody can take a call that comes after hours, in the menu is none in the queue, and who is called back waits elsewhere.
    direction = 'inbound'
      AND wait_time IS NOT NULL
      AND NOT coalesce(voicemail, false)
      AND NOT coalesce(callback, false)
      AND NOT coalesce(outside_business_hours, false)
      AND coalesce(lower(completion_status), '') NOT IN ('abandoned_in_ivr', 'abandoned_in_voicemail', 'pending_voicemail', 'failed')
      AS is_queued
  FROM record
),
answer AS (
  SELECT
    *,
    -- A call that ended on hold was answered before.
    NOT is_voicemail AND answering_id IS NOT NULL AND status IN ('completed', 'abandoned_on_hold') AS is_answered,
    -- The queue begins where the menu ends.
    created_at + coalesce(ivr_time_spent, 0L) * INTERVAL '1' SECOND AS menu_left_at,
    filter(
      legs,
      l -> lower(l.type) = 'agent'
        AND coalesce(try_cast(l.agent_id AS DOUBLE) <> 0, true)
        AND coalesce(try_cast(l.talk_time AS DOUBLE), 0) > 0
    ) AS agent_legs
  FROM outcome
),
instant AS (
  SELECT
    *,
    CASE
      WHEN is_answered AND time_to_answer IS NOT NULL THEN created_at + time_to_answer * INTERVAL '1' SECOND
      WHEN is_answered THEN menu_left_at + coalesce(wait_time, 0L) * INTERVAL '1' SECOND
    END AS answered_at
  FROM answer
)
SELECT
  concat(:source, ':', id) AS call_key,
  :source AS source_code,
  id AS call_id,
  concat(:source, ':', ticket_id) AS ticket_key,
  concat(:source, ':', nullif(customer_id, '0')) AS customer_key,
  direction AS direction_code,
  created_at AS started_at,
  -- Before the answer by the whole wait, so that a greeting that no field tells is no part of it.
  CASE
    WHEN NOT is_queued THEN CAST(NULL AS TIMESTAMP)
    WHEN answered_at IS NOT NULL THEN greatest(created_at, answered_at - wait_time * INTERVAL '1' SECOND)
    ELSE menu_left_at
  END AS queued_at,
  answered_at,
  CASE
    WHEN status = 'abandoned_in_queue' AND is_queued THEN menu_left_at + wait_time * INTERVAL '1' SECOND
  END AS abandoned_at,
  created_at + duration * INTERVAL '1' SECOND AS ended_at,
  CASE
    WHEN legs IS NOT NULL THEN
      transform(
        agent_legs,
        l -> named_struct(
          'leg_id', regexp_replace(l.id, '^([0-9]+)[.]0+$', '$1'),
          'agent_key', concat(:source, ':', regexp_replace(nullif(trim(l.agent_id), ''), '^([0-9]+)[.]0+$', '$1')),
          -- The raw contract: absent is none.
          'talk_seconds', CAST(CAST(coalesce(l.talk_time, '0') AS DOUBLE) AS BIGINT),
          'hold_seconds', CAST(CAST(coalesce(l.hold_time, '0') AS DOUBLE) AS BIGINT),
          'wrap_up_seconds', CAST(CAST(coalesce(l.wrap_up_time, '0') AS DOUBLE) AS BIGINT)))
    WHEN is_answered THEN
      array(named_struct(
        'leg_id', 'call',
        'agent_key', concat(:source, ':', answering_id),
        'talk_seconds', coalesce(talk_time, 0L),
        'hold_seconds', coalesce(hold_time, 0L),
        'wrap_up_seconds', coalesce(wrap_up_time, 0L)))
  END AS legs,
  updated_at AS version_at,
  _dt AS dt,
  _content_hash AS content_hash,
  _file_id AS file_id
FROM instant
