package dev.pinion;

/** Thrown when a message has more than 131,072 bytes of UTF-8, or the payload of a task is too large (413). */
public final class PayloadTooLargeException extends ServiceException {
  private static final long serialVersionUID = 1L;

  /** Creates an exception with AWS's message. */
  public PayloadTooLargeException(String message) {
    super(message);
  }
}
