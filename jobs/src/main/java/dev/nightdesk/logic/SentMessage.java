package dev.nightdesk.logic;

/**
 * A message of a ticket with its place in the conversation.
 *
 * @param agentKey the author of an agent's message, the assignee then of a customer's, else
 *     unassigned
 * @param isExchangeStart the first of a run of public messages of one class
 */
public record SentMessage(Message message, String agentKey, boolean isExchangeStart) {}
