SELECT
  concat(:source, ':', policy_id) AS policy_key,
  :source AS source_code,
  policy_id,
  name AS policy_name,
  position,
  transform(channels, c -> lower(c)) AS channel_codes,
  transform(types, t -> lower(t)) AS type_codes,
  valid_from,
  transform(
    targets,
    t -> named_struct(
      'metric_code', t.metric,
      'priority_code', lower(t.priority),
      'target_seconds', t.target_seconds,
      'is_business', coalesce(t.is_business, false)) -- calendar unless the policy says otherwise
  ) AS targets,
  updated_at AS version_at,
  _dt AS dt,
  _content_hash AS content_hash,
  _file_id AS file_id
FROM record
