package dev.nightdesk.logic;

/**
 * The first human reply to an inbound ticket: a message or, of phone tickets, the answer to a call.
 *
 * @param at microseconds, not before the creation
 * @param agentKey who replied, or unassigned
 * @param elapsed creation to reply; for a call the time that the caller waited
 */
public record FirstReply(long at, String agentKey, Elapsed elapsed) {}
