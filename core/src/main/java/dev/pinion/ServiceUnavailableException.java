package dev.pinion;

/**
 * AWS did not answer a call, or answered with a fault of its own, after all attempts that there was time for. The
 * call may have been carried out all the same.
 */
public final class ServiceUnavailableException extends ServiceException {
  private static final long serialVersionUID = 1L;

  /** An error with a message that says who did not answer, and why. */
  public ServiceUnavailableException(String message) {
    super(message);
  }
}
