package dev.pinion;

/**
 * Thrown for a call in the wrong phase: a call that acts while {@link App#define} declares, or a call that declares
 * after {@code define} has returned. The message names the line of the call.
 */
public final class PhaseException extends IllegalStateException {
  private static final long serialVersionUID = 1L;

  PhaseException(String message) {
    super(message);
  }
}
