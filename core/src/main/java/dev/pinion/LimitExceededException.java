package dev.pinion;

/** API Gateway sends no more just now: a rate is exceeded, or the client is too slow and its buffer full (429). */
public final class LimitExceededException extends ServiceException {
  private static final long serialVersionUID = 1L;

  /** An error with AWS's message. */
  public LimitExceededException(String message) {
    super(message);
  }
}
