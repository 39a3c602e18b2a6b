package dev.nightdesk.logic;

/**
 * A duration by both clocks.
 *
 * @param seconds calendar seconds
 * @param businessSeconds seconds inside open hours; equal to {@code seconds} without a schedule
 */
public record Elapsed(long seconds, long businessSeconds) {}
