package dev.pinion;

/** A message of more than 131,072 bytes of UTF-8 (413). */
public final class PayloadTooLargeException extends ServiceException {
  private static final long serialVersionUID = 1L;

  /** An error with AWS's message. */
  public PayloadTooLargeException(String message) {
    super(message);
  }
}
