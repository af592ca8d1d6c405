package dev.pinion;

/**
 * Thrown when the body of an HTTP request does not fit the type that {@link HttpCall#json} is to read. The message
 * names the place. If a handler does not catch it, the client gets 400 with the message.
 */
public final class UnreadableBodyException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  UnreadableBodyException(String message, Throwable cause) {
    super(message, cause);
  }
}
