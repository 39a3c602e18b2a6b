package dev.nightdesk.publish;

import dev.nightdesk.io.TaskWork;

/**
 * What a phase of a step cost.
 *
 * @param shareSeconds its share of the wall time of the step: a moment in which several phases ran
 *     is divided among them, so the shares of a step add up to it
 * @param planningSeconds the part of its share in which no task ran at all
 * @param tasks what its tasks needed
 */
public record Cost(double shareSeconds, double planningSeconds, TaskWork tasks) {}
