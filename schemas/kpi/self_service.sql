-- Every visit of the help centre, and every counted inbound ticket beside it. A visit served itself if its customer is
-- known and no ticket of theirs came within the window, its end included; of an anonymous visit nobody can tell.
SELECT started_at AS occurred_at, 'unassigned' AS agent_key, 'unspecified' AS type_code, 'unspecified' AS channel_code,
       'unspecified' AS brand_code, 'unspecified' AS team_code, CAST(NULL AS STRING) AS ticket_key,
       TRUE AS is_session,
       person_key IS NOT NULL AND next_inbound_at IS NULL AS is_self_served,
       CAST(NULL AS STRING) AS ticket_person_key
FROM fact_self_service_session
UNION ALL
SELECT created_at AS occurred_at, 'unassigned' AS agent_key, type_code, channel_code, brand_code, team_code, ticket_key,
       FALSE AS is_session,
       FALSE AS is_self_served,
       person_key AS ticket_person_key
FROM fact_ticket
WHERE is_counted AND direction_code = 'inbound'
