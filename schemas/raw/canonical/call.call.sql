SELECT
  concat(:source, ':', call_id) AS call_key,
  :source AS source_code,
  call_id,
  concat(:source, ':', ticket_id) AS ticket_key,
  concat(:source, ':', customer_id) AS customer_key,
  direction AS direction_code,
  started_at,
  queued_at,
  answered_at,
  abandoned_at,
  ended_at,
  transform(
    legs,
    l -> named_struct(
      'leg_id', regexp_replace(l.leg_id, '^([0-9]+)[.]0+$', '$1'),
      'agent_key', concat(:source, ':', regexp_replace(nullif(trim(l.agent_id), ''), '^([0-9]+)[.]0+$', '$1')),
      -- The raw contract: absent is none.
      'talk_seconds', coalesce(CAST(l.talk_seconds AS BIGINT), 0L),
      'hold_seconds', coalesce(CAST(l.hold_seconds AS BIGINT), 0L),
      'wrap_up_seconds', coalesce(CAST(l.wrap_up_seconds AS BIGINT), 0L))
  ) AS legs,
  updated_at AS version_at,
  _dt AS dt,
  _content_hash AS content_hash,
  _file_id AS file_id
FROM record
