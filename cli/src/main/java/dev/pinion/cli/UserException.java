package dev.pinion.cli;

/** A user's mistake. Its message says all that the user needs, so no stack trace is printed. */
final class UserException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  UserException(String message) {
    super(message);
  }

  UserException(String message, Throwable cause) {
    super(message, cause);
  }
}
