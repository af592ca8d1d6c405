package dev.pinion;

/**
 * Thrown when a message has too many bytes of UTF-8, more than 131,072 for a client (413) or 1,048,576 for a queue, or
 * the payload of a task is too large.
 */
public final class PayloadTooLargeException extends ServiceException {
  private static final long serialVersionUID = 1L;

  /** Creates an exception with AWS's message. */
  public PayloadTooLargeException(String message) {
    super(message);
  }
}
