-- Every mention on a social platform, reposts included. It belongs to no ticket type, and its platform is its channel.
SELECT mentioned_at AS occurred_at, 'unassigned' AS agent_key, 'unspecified' AS type_code, platform_code AS channel_code,
       'unspecified' AS brand_code, 'unspecified' AS team_code, ticket_key
FROM fact_social_mention
