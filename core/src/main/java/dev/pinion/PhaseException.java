package dev.pinion;

/**
 * A call at the wrong time: one that acts while {@link App#define} declares, or one that declares once the app runs.
 * The message names the user's line.
 */
public final class PhaseException extends IllegalStateException {
  private static final long serialVersionUID = 1L;

  PhaseException(String message) {
    super(message);
  }
}
