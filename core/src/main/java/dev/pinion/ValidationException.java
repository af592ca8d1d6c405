package dev.pinion;

/**
 * Thrown when DynamoDB or SQS rejects a request as invalid, for example because a key is missing, a type is wrong or a
 * limit is exceeded. The message is the service's. Nothing was written, except by earlier requests of the same batch.
 */
public final class ValidationException extends ServiceException {
  private static final long serialVersionUID = 1L;

  /** Creates an exception with AWS's message. */
  public ValidationException(String message) {
    super(message);
  }
}
