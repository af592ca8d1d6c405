package dev.pinion.tfaws;

/** A folder that no module can be written to: a user's mistake, whose message says what to do. */
public final class ModuleFolderException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  ModuleFolderException(String message) {
    super(message);
  }
}
