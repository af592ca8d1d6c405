package dev.pinion;

/** The condition of a put, update or delete was not met; nothing was written. */
public final class ConditionalCheckFailedException extends ServiceException {
  private static final long serialVersionUID = 1L;

  /** An error with AWS's message. */
  public ConditionalCheckFailedException(String message) {
    super(message);
  }
}
