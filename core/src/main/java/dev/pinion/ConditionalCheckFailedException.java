package dev.pinion;

/** Thrown when the condition of a put, update or delete is not met; nothing was written. */
public final class ConditionalCheckFailedException extends ServiceException {
  private static final long serialVersionUID = 1L;

  /** Creates an exception with AWS's message. */
  public ConditionalCheckFailedException(String message) {
    super(message);
  }
}
