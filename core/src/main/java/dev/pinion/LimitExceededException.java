package dev.pinion;

/**
 * AWS does no more just now: API Gateway's rate is exceeded, or the client is too slow and its buffer full (429), or
 * DynamoDB throttles the table.
 */
public final class LimitExceededException extends ServiceException {
  private static final long serialVersionUID = 1L;

  /** An error with AWS's message. */
  public LimitExceededException(String message) {
    super(message);
  }
}
