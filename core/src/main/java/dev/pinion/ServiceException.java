package dev.pinion;

/**
 * Thrown when AWS, or the local platform in its place, refuses a call. The subclasses have AWS's names.
 *
 * <p>A connection that is gone is not an error: the call then returns {@code false}.
 */
public abstract class ServiceException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  ServiceException(String message) {
    super(message);
  }
}
