package dev.pinion.sim;

import java.time.Instant;

/**
 * What could not be handled.
 *
 * @param body the payload of a task, as JSON
 * @param error why, such as what the last attempt threw
 * @param attempts how often it was tried
 * @param at when it was given up
 */
public record DeadLetter(String body, String error, int attempts, Instant at) {}
