package dev.pinion;

/** A connection id that is not of API Gateway's form (400). */
public final class BadRequestException extends ServiceException {
  private static final long serialVersionUID = 1L;

  /** An error with AWS's message. */
  public BadRequestException(String message) {
    super(message);
  }
}
