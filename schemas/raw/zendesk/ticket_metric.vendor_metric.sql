WITH figure AS (
  SELECT
    *,
    explode(array(
      named_struct('metric_code', 'first_response', 'clock_code', 'calendar', 'number', reply_time_in_minutes.calendar, 'step', 60L),
      named_struct('metric_code', 'first_response', 'clock_code', 'business', 'number', reply_time_in_minutes.business, 'step', 60L),
      named_struct('metric_code', 'first_resolution', 'clock_code', 'calendar', 'number', first_resolution_time_in_minutes.calendar, 'step', 60L),
      named_struct('metric_code', 'first_resolution', 'clock_code', 'business', 'number', first_resolution_time_in_minutes.business, 'step', 60L),
      named_struct('metric_code', 'resolution', 'clock_code', 'calendar', 'number', full_resolution_time_in_minutes.calendar, 'step', 60L),
      named_struct('metric_code', 'resolution', 'clock_code', 'business', 'number', full_resolution_time_in_minutes.business, 'step', 60L),
      named_struct('metric_code', 'agent_wait', 'clock_code', 'calendar', 'number', agent_wait_time_in_minutes.calendar, 'step', 60L),
      named_struct('metric_code', 'agent_wait', 'clock_code', 'business', 'number', agent_wait_time_in_minutes.business, 'step', 60L),
      named_struct('metric_code', 'requester_wait', 'clock_code', 'calendar', 'number', requester_wait_time_in_minutes.calendar, 'step', 60L),
      named_struct('metric_code', 'requester_wait', 'clock_code', 'business', 'number', requester_wait_time_in_minutes.business, 'step', 60L),
      named_struct('metric_code', 'on_hold', 'clock_code', 'calendar', 'number', on_hold_time_in_minutes.calendar, 'step', 60L),
      named_struct('metric_code', 'on_hold', 'clock_code', 'business', 'number', on_hold_time_in_minutes.business, 'step', 60L),
      named_struct('metric_code', 'reopen_count', 'clock_code', 'none', 'number', reopens, 'step', 1L),
      named_struct('metric_code', 'reply_count', 'clock_code', 'none', 'number', replies, 'step', 1L)
    )) AS told
  FROM record
)
SELECT
  concat(:source, ':', ticket_id) AS ticket_key,
  :source AS source_code,
  told.metric_code,
  told.clock_code,
  told.number * told.step AS vendor_value, -- whole minutes
  told.step AS vendor_step,
  updated_at AS version_at,
  _dt AS dt,
  _content_hash AS content_hash,
  _file_id AS file_id
FROM figure
