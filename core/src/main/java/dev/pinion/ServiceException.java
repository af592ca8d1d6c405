package dev.pinion;

/**
 * A call that AWS, or the local platform in its place, refused. The subclasses have AWS's names.
 *
 * <p>Not thrown for a connection that is gone: that is an answer ({@code false}), not an error.
 */
public abstract class ServiceException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  ServiceException(String message) {
    super(message);
  }
}
