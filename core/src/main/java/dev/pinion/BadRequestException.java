package dev.pinion;

/** Thrown when a connection id does not have the form of API Gateway's ids (400). */
public final class BadRequestException extends ServiceException {
  private static final long serialVersionUID = 1L;

  /** Creates an exception with AWS's message. */
  public BadRequestException(String message) {
    super(message);
  }
}
