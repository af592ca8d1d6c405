package dev.pinion;

/**
 * Thrown when AWS throttles a call: API Gateway's rate limit is exceeded, the client reads too slowly and its buffer is
 * full (429), or DynamoDB throttles the table.
 */
public final class LimitExceededException extends ServiceException {
  private static final long serialVersionUID = 1L;

  /** Creates an exception with AWS's message. */
  public LimitExceededException(String message) {
    super(message);
  }
}
