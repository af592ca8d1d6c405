package dev.pinion.gateway;

import java.time.Duration;

/** A handler that ran until its own timeout, and was then interrupted, as Lambda ends a function. */
public final class HandlerTimeoutException extends Exception {
  private static final long serialVersionUID = 1L;

  private final transient Duration timeout;

  /** Creates the exception of a handler with a timeout. */
  public HandlerTimeoutException(Duration timeout) {
    super("Task timed out after " + timeout.toSeconds() + " seconds", null, false, false);
    this.timeout = timeout;
  }

  /** Returns how long the handler was allowed to run. */
  Duration timeout() {
    return timeout;
  }
}
