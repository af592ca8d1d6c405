/**
 * A WebSocket server that behaves like an API Gateway WebSocket API, with {@code @connections}; an engine of its own
 * over {@code java.nio}. Begin at {@link dev.pinion.gateway.Gateway}.
 */
@NullMarked
package dev.pinion.gateway;

import org.jspecify.annotations.NullMarked;
