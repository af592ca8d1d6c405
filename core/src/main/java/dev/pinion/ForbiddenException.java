package dev.pinion;

/** Thrown when the function's role does not allow a call (403 or {@code AccessDeniedException}). */
public final class ForbiddenException extends ServiceException {
  private static final long serialVersionUID = 1L;

  /** Creates an exception with AWS's message. */
  public ForbiddenException(String message) {
    super(message);
  }
}
