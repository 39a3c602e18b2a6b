-- Every stretch of work of an agent within one local day. One that is still running lasts to the end of its day, which
-- is as of at the latest.
SELECT started_at AS occurred_at, agent_key, CAST(NULL AS STRING) AS type_code, CAST(NULL AS STRING) AS channel_code,
       CAST(NULL AS STRING) AS brand_code, CAST(NULL AS STRING) AS team_code, CAST(NULL AS STRING) AS ticket_key,
       (unix_micros(coalesce(ended_at, to_utc_timestamp(CAST(date_add(local_date, 1) AS TIMESTAMP), :reporting_zone)))
        - unix_micros(started_at)) DIV 1000000 AS worked_seconds
FROM fact_agent_shift
