package dev.nightdesk.logic;

/**
 * A survey of a ticket and whom it is about.
 *
 * @param sentAgentKey the assignee when it was sent, or unassigned
 * @param agentKey the assignee at rating time, or unassigned
 */
public record RatedSurvey(Survey survey, String sentAgentKey, String agentKey) {}
