package dev.pinion.gateway;

import dev.pinion.spi.HttpAnswer;
import dev.pinion.spi.HttpEvent;

/**
 * What the routes of an HTTP API lead to: the functions behind API Gateway.
 *
 * <p>Called on virtual threads, by many at once; it may block. The result of a call that lasts longer than API Gateway
 * waits is dropped; the call is interrupted at its route's own timeout.
 */
@FunctionalInterface
public interface HttpIntegration {

  /**
   * Handles one request.
   *
   * @throws HandlerTimeoutException when the handler was ended at its timeout
   * @throws Exception when the invocation fails: 500
   */
  HttpAnswer invoke(HttpEvent event) throws Exception;
}
