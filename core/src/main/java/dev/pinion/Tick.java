package dev.pinion;

import java.time.Instant;

/**
 * One time of a {@link Schedule}.
 *
 * @param scheduledTime when it was due: the same in each retry, and so a key for what must be done once only
 * @param executionId EventBridge Scheduler's id of the invocation, for logs
 */
public record Tick(Instant scheduledTime, String executionId) {}
