package dev.pinion.aws;

/** A folder that nothing can be written to: a user's mistake, whose message says what to do. */
public final class OutputFolderException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** Creates an exception. The message ends before the option that names another folder. */
  public OutputFolderException(String message) {
    super(message);
  }
}
