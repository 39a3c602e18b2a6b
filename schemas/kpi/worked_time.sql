-- Every stretch of work of an agent within one local day. One that is still running lasts until as of, and no longer
-- than its day.
SELECT started_at AS occurred_at, agent_key, CAST(NULL AS STRING) AS type_code, CAST(NULL AS STRING) AS channel_code,
       CAST(NULL AS STRING) AS brand_code, CAST(NULL AS STRING) AS team_code, CAST(NULL AS STRING) AS ticket_key,
       (unix_micros(least(coalesce(ended_at, to_utc_timestamp(CAST(date_add(local_date, 1) AS TIMESTAMP), :reporting_zone)), :as_of))
        - unix_micros(started_at)) DIV 1000000 AS worked_seconds
FROM fact_agent_shift
