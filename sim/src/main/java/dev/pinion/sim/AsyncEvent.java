package dev.pinion.sim;

import java.time.Instant;

/**
 * What a handler is called with asynchronously: a tick of a schedule or a start of a task.
 *
 * @param id the id of the invocation, the same in each attempt
 * @param what it is, such as {@code the tick of 2026-01-01T12:00:00Z}
 * @param since when Lambda took it; it is given up at some age
 */
record AsyncEvent<P>(P payload, String id, String what, Instant since) {}
