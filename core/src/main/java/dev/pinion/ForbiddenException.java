package dev.pinion;

/** The caller may not use this API's {@code @connections}, or the table (403; {@code AccessDeniedException}). */
public final class ForbiddenException extends ServiceException {
  private static final long serialVersionUID = 1L;

  /** An error with AWS's message. */
  public ForbiddenException(String message) {
    super(message);
  }
}
