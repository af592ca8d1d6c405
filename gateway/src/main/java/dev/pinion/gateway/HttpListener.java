package dev.pinion.gateway;

import dev.pinion.spi.HttpEvent;

/**
 * What the gateway of an HTTP API reports of its work. Called by several threads at once; must not block and must not
 * throw. Values of headers and bodies are never passed.
 */
public interface HttpListener {

  /**
   * A request was answered without a handler.
   *
   * @param target the request's path, empty when the request could not be read
   * @param status the answer's status
   * @param why the rule that was not met
   */
  void refused(String target, int status, String why);

  /** A handler threw, or its answer is too large. */
  void failed(HttpEvent event, Throwable failure);

  /**
   * A handler did not finish while API Gateway waits, and the client was answered 503.
   *
   * @param goesOn whether the handler goes on until its own timeout; otherwise it was interrupted
   */
  void timedOut(HttpEvent event, boolean goesOn);

  /**
   * A handler that was interrupted one second ago still runs.
   *
   * @param stack where it is, innermost frame first
   */
  void stillRuns(HttpEvent event, StackTraceElement[] stack);

  /** The gateway itself is at fault; the socket concerned was closed. */
  void broke(Throwable bug);
}
