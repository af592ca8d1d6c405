package dev.pinion;

/**
 * A request that DynamoDB refuses as malformed: a missing key, a wrong type, a size past its limit. The message is
 * DynamoDB's. Nothing was written, save of a batch by the requests before.
 */
public final class ValidationException extends ServiceException {
  private static final long serialVersionUID = 1L;

  /** An error with AWS's message. */
  public ValidationException(String message) {
    super(message);
  }
}
