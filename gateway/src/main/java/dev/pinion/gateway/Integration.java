package dev.pinion.gateway;

import dev.pinion.spi.Event;
import dev.pinion.spi.HandlerStart;
import dev.pinion.spi.Response;

/**
 * What a gateway's routes lead to: the function behind API Gateway.
 *
 * <p>Called on virtual threads, by many at once; it may block. Messages of one connection start in order and may
 * overlap. The result of a call that lasts longer than the profile's integration timeout is dropped; the call is
 * interrupted at its route's own timeout.
 */
@FunctionalInterface
public interface Integration {

  /**
   * Handles one event.
   *
   * @throws HandlerTimeoutException when the handler was ended at its timeout
   * @throws Exception when the invocation fails: 502 for a handshake, an {@code Internal server error} frame for a
   *     message
   */
  Response invoke(Event event) throws Exception;

  /**
   * Handles one event, like {@link #invoke(Event)}. The connection's next message does not start before the app's own
   * code has begun with this one, or this has returned.
   *
   * @param start is told when it begins; by default at once
   */
  default Response invoke(Event event, HandlerStart start) throws Exception {
    start.begins();
    return invoke(event);
  }

  /**
   * Asks the authorizer.
   *
   * @throws HandlerTimeoutException when it was ended at its timeout
   * @throws Exception when the invocation fails, or its result is malformed or too long: the client gets 500
   */
  default Authorized authorize(Event.Authorize event) throws Exception {
    throw new UnsupportedOperationException("no authorizer");
  }
}
