-- What the KPIs add up, per local day and member: all, an agent, a type, a channel. A topic fills its own columns
-- only, so that cells of all topics can be added up together.

CREATE VIEW tickets AS FROM read_parquet('${output}/fact_ticket.parquet') WHERE is_counted;
CREATE VIEW waits AS
FROM read_parquet('${output}/fact_response/*.parquet') WHERE is_counted AND direction_code = 'inbound' AND ended_at IS NOT NULL;
CREATE VIEW answers AS FROM read_parquet('${output}/work/answer/*.parquet');
CREATE VIEW solves AS FROM read_parquet('${output}/fact_resolution/*.parquet') WHERE is_counted;
CREATE VIEW messages AS FROM read_parquet('${output}/fact_message/*.parquet') WHERE is_counted AND is_public;
CREATE VIEW surveys AS FROM read_parquet('${output}/fact_survey.parquet') WHERE is_counted AND kind_code = 'csat';
CREATE VIEW backlog_changes AS
FROM read_parquet('${output}/fact_backlog_change/*.parquet') WHERE is_counted AND changed_at < getvariable('as_of');

-- Which of the four breakdowns a row of grouping sets is of.
CREATE TYPE breakdown AS ENUM ('all', 'agent', 'type', 'channel');
CREATE MACRO breakdown_of(agent_level, type_level, channel_level) AS
  CASE WHEN agent_level = 0 THEN 'agent'::breakdown WHEN type_level = 0 THEN 'type'::breakdown
       WHEN channel_level = 0 THEN 'channel'::breakdown ELSE 'all'::breakdown END;

-- Every ticket at its creation.
CREATE TABLE created_cell AS
SELECT breakdown_of(grouping(created_agent_id), grouping(type_code), grouping(channel_code)) AS breakdown,
       created_agent_id AS agent, type_code, channel_code, local_date,
       count(*) AS created_ticket_count,
       count(*) FILTER (direction_code = 'inbound') AS created_inbound_ticket_count,
       count(*) FILTER (direction_code = 'outbound') AS created_outbound_ticket_count,
       count(*) FILTER (is_resolved) AS resolved_of_created_count
FROM tickets JOIN slot ON slot.slot = slot_of(created_at)
GROUP BY GROUPING SETS ((local_date), (local_date, created_agent_id), (local_date, type_code), (local_date, channel_code));

-- Customers' tickets at their creation: whoever is assigned by now left them without an answer.
CREATE TABLE unanswered_cell AS
SELECT breakdown_of(grouping(assignee_id), grouping(type_code), grouping(channel_code)) AS breakdown,
       assignee_id AS agent, type_code, channel_code, local_date,
       count(*) AS answerable_ticket_count,
       count(*) FILTER (first_replied_at IS NULL AND NOT is_resolved) AS unanswered_ticket_count
FROM tickets JOIN slot ON slot.slot = slot_of(created_at)
WHERE direction_code = 'inbound'
GROUP BY GROUPING SETS ((local_date), (local_date, assignee_id), (local_date, type_code), (local_date, channel_code));

-- Customers' tickets at their creation, with whether an order followed.
CREATE TABLE conversion_cell AS
SELECT breakdown_of(grouping(conversion_agent_id), grouping(type_code), grouping(channel_code)) AS breakdown,
       conversion_agent_id AS agent, type_code, channel_code, local_date,
       count(converted_at) AS converted_ticket_count,
       count(*) FILTER (is_automated_conversion) AS automated_converted_ticket_count,
       count(*) FILTER (conversion_matures_at <= getvariable('as_of')) AS conversion_mature_count,
       count(converted_at) FILTER (conversion_matures_at <= getvariable('as_of')) AS conversion_mature_converted_count,
       count(*) FILTER (conversion_matures_at > getvariable('as_of') AND converted_at IS NULL) AS conversion_pending_count
FROM tickets JOIN slot ON slot.slot = slot_of(created_at)
WHERE direction_code = 'inbound'
GROUP BY GROUPING SETS ((local_date), (local_date, conversion_agent_id), (local_date, type_code), (local_date, channel_code));

-- Customers' tickets at their first human reply.
CREATE TABLE first_response_cell AS
SELECT breakdown_of(grouping(first_replied_by_id), grouping(type_code), grouping(channel_code)) AS breakdown,
       first_replied_by_id AS agent, type_code, channel_code, local_date,
       sum(first_response_seconds) AS first_response_seconds_sum,
       sum(first_response_business_seconds) AS first_response_business_seconds_sum,
       count(*) AS first_response_count,
       count(*) FILTER (first_response_seconds < 3600) AS first_response_under_1_hour_count,
       count(*) FILTER (first_response_seconds >= 3600 AND first_response_seconds < 14400) AS first_response_from_1_to_4_hours_count,
       count(*) FILTER (first_response_seconds >= 14400 AND first_response_seconds < 28800) AS first_response_from_4_to_8_hours_count,
       count(*) FILTER (first_response_seconds >= 28800 AND first_response_seconds < 86400) AS first_response_from_8_to_24_hours_count,
       count(*) FILTER (first_response_seconds >= 86400) AS first_response_over_24_hours_count
FROM tickets JOIN slot ON slot.slot = slot_of(first_replied_at)
WHERE direction_code = 'inbound' AND first_replied_at IS NOT NULL
GROUP BY GROUPING SETS ((local_date), (local_date, first_replied_by_id), (local_date, type_code), (local_date, channel_code));

-- Tickets at their first solve.
CREATE TABLE first_resolution_cell AS
SELECT breakdown_of(grouping(first_solved_by_id), grouping(type_code), grouping(channel_code)) AS breakdown,
       first_solved_by_id AS agent, type_code, channel_code, local_date,
       sum(first_resolution_seconds) AS first_resolution_seconds_sum,
       sum(first_resolution_business_seconds) AS first_resolution_business_seconds_sum,
       count(*) AS first_resolution_count
FROM tickets JOIN slot ON slot.slot = slot_of(first_solved_at)
WHERE first_solved_at IS NOT NULL
GROUP BY GROUPING SETS ((local_date), (local_date, first_solved_by_id), (local_date, type_code), (local_date, channel_code));

-- Resolved tickets at their last solve, with the human exchanges that they took.
CREATE TABLE solved_cell AS
SELECT breakdown_of(grouping(last_solved_by_id), grouping(type_code), grouping(channel_code)) AS breakdown,
       last_solved_by_id AS agent, type_code, channel_code, local_date,
       count(*) AS solved_ticket_count,
       count(*) FILTER (direction_code = 'inbound') AS solved_inbound_ticket_count,
       count(*) FILTER (reopen_count > 0) AS reopened_ticket_count,
       sum(resolution_seconds) AS resolution_seconds_sum,
       sum(resolution_business_seconds) AS resolution_business_seconds_sum,
       count(*) FILTER (direction_code = 'inbound' AND touch_count = 0) AS zero_touch_ticket_count,
       count(*) FILTER (direction_code = 'inbound' AND touch_count = 1) AS one_touch_ticket_count,
       count(*) FILTER (direction_code = 'inbound' AND touch_count >= 2) AS multi_touch_ticket_count
FROM tickets JOIN slot ON slot.slot = slot_of(last_solved_at)
WHERE last_solved_at IS NOT NULL
GROUP BY GROUPING SETS ((local_date), (local_date, last_solved_by_id), (local_date, type_code), (local_date, channel_code));

-- Every solve, whether or not it lasted.
CREATE TABLE solve_event_cell AS
SELECT breakdown_of(grouping(solved_by_id), grouping(type_code), grouping(channel_code)) AS breakdown,
       solved_by_id AS agent, type_code, channel_code, local_date,
       count(*) AS solve_event_count
FROM solves JOIN slot ON slot.slot = slot_of(solved_at)
GROUP BY GROUPING SETS ((local_date), (local_date, solved_by_id), (local_date, type_code), (local_date, channel_code));

-- Every reopen: it belongs to whoever had solved.
CREATE TABLE reopen_cell AS
SELECT breakdown_of(grouping(solved_by_id), grouping(type_code), grouping(channel_code)) AS breakdown,
       solved_by_id AS agent, type_code, channel_code, local_date,
       count(*) AS reopen_count
FROM solves JOIN slot ON slot.slot = slot_of(reopened_at)
WHERE reopened_at IS NOT NULL
GROUP BY GROUPING SETS ((local_date), (local_date, solved_by_id), (local_date, type_code), (local_date, channel_code));

-- Every wait that a human reply ended.
CREATE TABLE response_cell AS
SELECT breakdown_of(grouping(agent_id), grouping(type_code), grouping(channel_code)) AS breakdown,
       agent_id AS agent, type_code, channel_code, local_date,
       sum(response_seconds) AS response_seconds_sum,
       sum(response_business_seconds) AS response_business_seconds_sum,
       count(*) AS response_count,
       CASE WHEN grouping(agent_id) = 0 THEN count(*) FILTER (date_trunc('day', agent_date_before) IS DISTINCT FROM date_trunc('day', local_date))
            ELSE count(*) FILTER (date_trunc('day', date_before) IS DISTINCT FROM date_trunc('day', local_date)) END AS replied_in_day_count,
       CASE WHEN grouping(agent_id) = 0 THEN count(*) FILTER (date_trunc('week', agent_date_before) IS DISTINCT FROM date_trunc('week', local_date))
            ELSE count(*) FILTER (date_trunc('week', date_before) IS DISTINCT FROM date_trunc('week', local_date)) END AS replied_in_week_count,
       CASE WHEN grouping(agent_id) = 0 THEN count(*) FILTER (date_trunc('month', agent_date_before) IS DISTINCT FROM date_trunc('month', local_date))
            ELSE count(*) FILTER (date_trunc('month', date_before) IS DISTINCT FROM date_trunc('month', local_date)) END AS replied_in_month_count,
       CASE WHEN grouping(agent_id) = 0 THEN count(*) FILTER (date_trunc('quarter', agent_date_before) IS DISTINCT FROM date_trunc('quarter', local_date))
            ELSE count(*) FILTER (date_trunc('quarter', date_before) IS DISTINCT FROM date_trunc('quarter', local_date)) END AS replied_in_quarter_count
FROM answers
GROUP BY GROUPING SETS ((local_date), (local_date, agent_id), (local_date, type_code), (local_date, channel_code));

-- Every wait that a solve ended.
CREATE TABLE unanswered_response_cell AS
SELECT breakdown_of(grouping(agent_id), grouping(type_code), grouping(channel_code)) AS breakdown,
       agent_id AS agent, type_code, channel_code, local_date,
       count(*) AS unanswered_response_count
FROM waits JOIN slot ON slot.slot = slot_of(ended_at)
WHERE outcome_code = 'unanswered'
GROUP BY GROUPING SETS ((local_date), (local_date, agent_id), (local_date, type_code), (local_date, channel_code));

-- The latest answer of every satisfaction survey.
CREATE TABLE csat_cell AS
SELECT breakdown_of(grouping(agent_id), grouping(type_code), grouping(channel_code)) AS breakdown,
       agent_id AS agent, type_code, channel_code, local_date,
       count(*) AS csat_response_count,
       count(*) FILTER (is_positive) AS csat_positive_count,
       count(common_score_nanos) AS csat_scored_count,
       sum(common_score_nanos) AS csat_score_nanos
FROM surveys JOIN slot ON slot.slot = slot_of(answered_at)
WHERE answered_at IS NOT NULL
GROUP BY GROUPING SETS ((local_date), (local_date, agent_id), (local_date, type_code), (local_date, channel_code));

-- Every satisfaction survey that was sent.
CREATE TABLE csat_sent_cell AS
SELECT breakdown_of(grouping(sent_agent_id), grouping(type_code), grouping(channel_code)) AS breakdown,
       sent_agent_id AS agent, type_code, channel_code, local_date,
       count(*) AS csat_sent_count,
       count(answered_at) AS csat_answered_of_sent_count
FROM surveys JOIN slot ON slot.slot = slot_of(sent_at)
WHERE sent_at < getvariable('as_of')
GROUP BY GROUPING SETS ((local_date), (local_date, sent_agent_id), (local_date, type_code), (local_date, channel_code));

-- Every public message.
CREATE TABLE message_cell AS
SELECT breakdown_of(grouping(agent_id), grouping(type_code), grouping(channel_code)) AS breakdown,
       agent_id AS agent, type_code, channel_code, local_date,
       count(*) FILTER (author_class_code = 'customer') AS incoming_message_count,
       count(*) FILTER (author_class_code = 'agent') AS outgoing_message_count,
       count(*) FILTER (author_class_code = 'bot') AS bot_message_count,
       count(*) FILTER (is_exchange_start) AS exchange_count
FROM messages JOIN slot ON slot.slot = slot_of(sent_at)
GROUP BY GROUPING SETS ((local_date), (local_date, agent_id), (local_date, type_code), (local_date, channel_code));

-- Changes of the unresolved work.
CREATE TABLE backlog_cell AS
SELECT breakdown_of(grouping(agent_id), grouping(type_code), grouping(channel_code)) AS breakdown,
       agent_id AS agent, type_code, channel_code, local_date,
       sum(backlog_change) AS backlog_ticket_count,
       sum(unassigned_change) AS backlog_unassigned_ticket_count,
       sum(customer_waiting_change) AS backlog_customer_waiting_ticket_count,
       sum(new_change) AS backlog_new_ticket_count,
       sum(open_change) AS backlog_open_ticket_count,
       sum(pending_change) AS backlog_pending_ticket_count,
       sum(hold_change) AS backlog_hold_ticket_count,
       sum(under_1_day_change) AS backlog_under_1_day_ticket_count,
       sum(from_1_to_3_days_change) AS backlog_from_1_to_3_days_ticket_count,
       sum(from_3_to_7_days_change) AS backlog_from_3_to_7_days_ticket_count,
       sum(from_7_to_30_days_change) AS backlog_from_7_to_30_days_ticket_count,
       sum(over_30_days_change) AS backlog_over_30_days_ticket_count
FROM backlog_changes JOIN slot ON slot.slot = slot_of(changed_at)
GROUP BY GROUPING SETS ((local_date), (local_date, agent_id), (local_date, type_code), (local_date, channel_code));

-- Everybody and everything that has a row in a breakdown, by a number; 0 is all.
CREATE TABLE member AS
SELECT row_number() OVER (ORDER BY breakdown, agent, word)::INTEGER - 1 AS member, breakdown, agent, word,
       CASE WHEN breakdown <> 'agent'::breakdown THEN word WHEN agent = unassigned() THEN 'unassigned'
            ELSE getvariable('source') || ':' || agent END AS member_key
FROM (
  SELECT 'all'::breakdown AS breakdown, NULL::BIGINT AS agent, 'all' AS word
  UNION ALL
  SELECT 'agent'::breakdown, agent, NULL
  FROM (SELECT unnest([agent_id, sent_agent_id]) AS agent FROM surveys
        UNION SELECT unnest([created_agent_id, assignee_id, conversion_agent_id, first_replied_by_id]) FROM tickets
        UNION SELECT solved_by_id FROM solves UNION SELECT agent_id FROM waits
        UNION SELECT agent_id FROM messages UNION SELECT agent_id FROM backlog_changes)
  WHERE agent IS NOT NULL
  UNION ALL
  SELECT DISTINCT 'type'::breakdown, NULL::BIGINT, type_code FROM segment
  UNION ALL
  SELECT DISTINCT 'channel'::breakdown, NULL::BIGINT, channel_code FROM segment
  UNION ALL
  -- Surveys outside of tickets are of no type and no channel.
  SELECT breakdown, NULL, 'unspecified' FROM (VALUES ('type'::breakdown), ('channel'::breakdown)) AS word(breakdown)
  WHERE breakdown NOT IN (SELECT 'type'::breakdown FROM segment WHERE type_code = 'unspecified'
                          UNION ALL SELECT 'channel'::breakdown FROM segment WHERE channel_code = 'unspecified')
);

CREATE TABLE cell AS
SELECT coalesce(a.member, w.member, 0) AS member, c.* EXCLUDE (breakdown, agent, type_code, channel_code)
FROM (
FROM created_cell
UNION ALL BY NAME
FROM unanswered_cell
UNION ALL BY NAME
FROM conversion_cell
UNION ALL BY NAME
FROM first_response_cell
UNION ALL BY NAME
FROM first_resolution_cell
UNION ALL BY NAME
FROM solved_cell
UNION ALL BY NAME
FROM solve_event_cell
UNION ALL BY NAME
FROM reopen_cell
UNION ALL BY NAME
FROM response_cell
UNION ALL BY NAME
FROM unanswered_response_cell
UNION ALL BY NAME
FROM csat_cell
UNION ALL BY NAME
FROM csat_sent_cell
UNION ALL BY NAME
FROM message_cell
UNION ALL BY NAME
FROM backlog_cell
) AS c
LEFT JOIN member AS a ON a.agent = c.agent
LEFT JOIN member AS w ON w.breakdown = c.breakdown AND w.word = coalesce(c.type_code, c.channel_code);
